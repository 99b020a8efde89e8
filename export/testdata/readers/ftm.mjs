/**
 * Holds FollowTheMoney entities against the published model, with the library of those who keep it.
 * What the library lets pass is checked by what the model says: a property that its schema has not, a
 * code that is none of its type's, a required property that is missing, an entity that is not there or
 * of a schema that the property does not take.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Model } = require('@opensanctions/followthemoney');
const definition = require('@opensanctions/followthemoney/dist/defaultModel.json');

export function read(text) {
  const model = new Model(definition);
  const entities = new Map();
  for (const line of text.trimEnd().split('\n')) {
    const entity = model.getEntity(JSON.parse(line)); // refuses unknown schemas
    check(entities.has(entity.id), entity, 'written twice');
    entities.set(entity.id, entity);
    for (const name of Object.keys(JSON.parse(line).properties)) {
      check(!entity.schema.getProperties().has(name), entity, `no property ${name}`);
    }
  }
  for (const entity of entities.values()) {
    for (const name of entity.schema.required ?? []) {
      check(entity.getProperty(name).length === 0, entity, `${name} is required`);
    }
    for (const property of entity.getProperties()) {
      for (const value of entity.getProperty(property)) {
        checkValue(entity, property, value, entities);
      }
    }
  }
  return [...entities.values()].map((e) => ({ id: e.id, schema: e.schema.name, caption: e.getCaption() }));
}

const date = /^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/;

function checkValue(entity, property, value, entities) {
  const type = property.type;
  check(typeof value !== 'string' || value === '', entity, `${property.name} holds ${JSON.stringify(value)}`);
  if (type.name === 'date') check(!date.test(value), entity, `${property.name}: ${value} is no date`);
  if (type.name === 'url') new URL(value);
  if (type.values?.size) check(!type.values.has(value), entity, `${property.name}: ${value} is no ${type.name}`);
  if (type.name === 'entity') {
    const target = entities.get(value);
    check(!target, entity, `${property.name}: ${value} is not there`);
    check(property.range && !target.schema.isA(property.range), entity, `${property.name} does not take ${target.schema.name}`);
  }
}

function check(wrong, entity, what) {
  if (wrong) throw new Error(`${entity.schema.name} ${entity.id}: ${what}`);
}
