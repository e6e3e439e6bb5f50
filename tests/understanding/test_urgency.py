"""Whether a message sounds as if it cannot wait, in the ways people write it."""

import csv
from pathlib import Path

import pytest

from bot.understanding.knowledge import read
from bot.understanding.urgency import is_urgent
from tests.understanding.measure import HALD

LABELS = Path(__file__).parent / "labels.csv"

URGENT = (
    "Kan dere få ut denne i dag? Leverandøren stenger kontoen vår ellers",
    "HASTER: feil kontonummer på lønnsfila",
    "dette haster veldig, hvem kan hjelpe?",
    "Haster det så mye som jeg tror? Fristen er i morgen",
    "Det hastar med å få betalt legevakta, dei truar med å stoppe",
    "No hastar det! Revisor sit her og ventar",
    "Må ut i dag: 14 fakturaer til eldreheimen",
    "Denne må betales i dag ellers får vi ikke varene",
    "Frist i morgen for momskompen, og jeg får ikke åpnet skjemaet",
    "Fristen går ut i kveld, kem kan sende inn?",
    "Æ må ha svar førr klokka 12, ordføraren venta",
    "Kan nån sjå på detta me ein gang? Barnehagen får ikkje handla",
    "Treng hjelp med ein gong, har betalt til feil konto",
    "Har betalt ut dobbelt til 200 ansatte, det må stoppes nå!",
    "Stopp utbetalinga til entreprenøren nå!!",
    "STOPP remitteringen, det ligger en svindelfaktura i den!!",
    "Systemet er nede hos oss, ingen kommer inn",
    "Visma ligg nede for heile skulen",
    "vi har vært uten nett siden i morges, får ikke jobbet",
    "Budsjettmodulen har gått ned midt i budsjettmøtet",
    "Kommunestyret begynner om en time og tallene stemmer ikke",
    "om ti minutt skal æ legge fram regnskapet, korr finn æ tallan?",
    "møtet med fylket er i ettermiddag og jeg trenger tallene",
    "Trenger noen på telefon nå!",
    "Kan noen godkjenne innen kl. 14? Forfall er i dag",
    "Innen 15:00 må vi ha levert A-meldinga, og den feiler",
    "Inkassofirmaet sender saken til retten i morgen, hva gjør vi? Må ha svar",
    "akutt: en bruker trenger nødhjelp og banken er stengt",
    "Så fort som mulig, takk: sperr kortet til rektor, det er stjålet",
    "Vi trenger tilgang snarest, hele avdelinga står",
    "Straks, er dykk snille: feil beløp i terminoppgåva",
    "Kan dere svare omgående?",
    "Noen har hacket e-posten til kommunedirektøren og bedt om en utbetaling",
    "Trykte på en lenke og skrev inn passord, hva gjør jeg?",
    "Lønna skal ut i morgen tidlig og fila er avvist",
    "Aga forfell i dag, og ingen kan godkjenne",
    "Urgent: the payroll file was rejected",
    "Can someone help asap? The council meeting starts in half an hour",
    "This must be paid today or they cut the power",
    "The deadline is tomorrow and the form gives an error",
    "The system is down for everybody at the school",
    "We need the figures by noon",
    "Please stop the payment run right now",
    "kjempehaster!! varselet går ut feil til 300 hytteeiere",
    "Æ veit dokker har mykje å gjøre, men fylket ska ha rapporten i dag å vi mangle eitt tall",
    "Revisjonen kommer i morgen klokka åtte, og vi må ha bilagene klare",
    "Vaktmesteren står i butikken nå og får ikke handlet på rekvisisjon, kan noen ringe dem?",
    "banken stenger kl 15 og lønna ligger ikke inne",
    "Dem kjæm å tar bilen te hjemmetjenesten i morra om ikkje leasinga blir betalt",
    "Siste frist for refusjonskravet er kl. 23.59 i kveld",
    "Trenger attestant NÅ",
    "Our supplier will stop the delivery tonight unless we pay",
    "Ordføraren treng talet før møtet kl 10",
    "Prosjektet står stille til bestillingen er godkjent, folk går og venter",
    "lønnskjøringen startet med gale tall, avbryt!",
    "Please hurry, the bank closes in twenty minutes",
    "Kan du se på dette før du går hjem? Varslene sendes i natt",
)
NOT_URGENT = (
    "Når er fristen for årsavslutning?",
    "Hvem skal godkjenne regningene mens jeg har ferie?",
    "Det haster ikke, men kan noen se på konteringen?",
    "Ingen hast, bare lurer på hvordan momsen føres",
    "hastar ikkje, men kan de rette ansvaret?",
    "Når dere har tid: kan jeg få et kurs i budsjettmodulen?",
    "No hurry, but could you add the new project code?",
    "Hvor lenge er det vanlig at en faktura ligger i flyten?",
    "Ny ansatt begynner på mandag og trenger tilgang",
    "Frist for rapporten er 10. juni, hvem sender den?",
    "Hva er fristen for tertialrapporten??",
    "I dag sender vi fakturaer på papir. Kan det gjøres digitalt?",
    "slik gjør vi det i dag, er det riktig?",
    "Hvorfor får jeg både giro og trekk? spurte en forelder i dag",
    "Møtet i formannskapet er 11. juni, kan dere delta?",
    "Vi må finne 400 000 til neste år",
    "Hva betyr forfallsdato på en kreditnota?",
    "Skal morarente regnes fra forfall?",
    "Kan vi stoppe det faste trekket fra august?",
    "Korleis blir hjelpeordninga ført?",
    "Kan noen vise meg hvordan man godkjenner?",
    "Er det noen som kan forklare note 5 for meg en dag?",
    "Kva gjer vi med gamle krav?",
    "Når går neste remittering?",
    "We get the invoices twice. Who can look at it?",
    "What is the deadline for the annual report?",
    "Do you have a course for new users?",
    "Hva er vitsen med ansvar 3320?",
    "Det er viktig at alle bruker riktig kontostreng",
    "kem e det som har ansvar førr gebyran?",
    "Skattekortet mitt er feil",
    "Hei! Går det an å få rapporten på Excel?",
    "Gratulerer med dagen!!",
    "Kan noen fortelle meg hvem som eier malen nå",
    "Vi tok det opp på møtet i går",
    "Lån: hva er renta nå, og når er neste forfall?",
    "Budsjettet skal være ferdig til jul, hvem legger det inn?",
    "Brannvesenet skal ha ny kode, hvordan får vi det?",
)


@pytest.mark.parametrize("text", URGENT, ids=ascii)
def test_what_cannot_wait_is_noticed(text: str) -> None:
    assert is_urgent(text)


@pytest.mark.parametrize("text", NOT_URGENT, ids=ascii)
def test_what_can_wait_is_not_hurried(text: str) -> None:
    assert not is_urgent(text)


def test_of_the_labelled_questions_hardly_one_is_missed_or_hurried() -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        labelled = {row["id"]: row["urgent"] == "1" for row in csv.DictReader(file)}
    heard = {one.id: is_urgent(one.text) for one in read(HALD).examples if one.id in labelled}
    urgent = {id_ for id_, is_so in labelled.items() if is_so}
    noticed = {id_ for id_, is_so in heard.items() if is_so}
    assert len(urgent & noticed) >= 0.95 * len(urgent)
    assert len(noticed - urgent) <= 0.01 * len(labelled)
