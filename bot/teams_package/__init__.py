"""The app's package for Teams: what it asks for, its pictures, and its words in each language."""
