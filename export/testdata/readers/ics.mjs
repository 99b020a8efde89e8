/** ical.js, Mozilla's parser of iCalendar, in its strict mode. */
import ICAL from 'ical.js';

ICAL.design.strict = true;

export function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: component.hasProperty('dtend') ? event.endDate.toString() : '',
      whole: event.startDate.isDate,
      geo: component.getFirstPropertyValue('geo'),
      edtf: component.getFirstPropertyValue('x-tarikh-edtf'),
    };
  });
  const end = calendar.getFirstSubcomponent('x-tarikh-end');
  return {
    name: calendar.getFirstPropertyValue('name'),
    events,
    comments: end?.getAllProperties('comment').map(p => p.getFirstValue()) ?? [],
  };
}
