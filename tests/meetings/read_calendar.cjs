// Reads a calendar file from standard input as a calendar programme would, with ical.js.
const ICAL = require("./ical.min.cjs").default ?? require("./ical.min.cjs");
const root = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
for (const zone of root.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const events = root.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    title: event.summary,
    local: event.startDate.toString(),
    zone: event.startDate.zone.tzid,
    utc: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
    attendees: event.attendees.map((one) => one.getFirstValue()),
  };
});
console.log(JSON.stringify({ method: root.getFirstPropertyValue("method"), events }));
