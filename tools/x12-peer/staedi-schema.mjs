// Our schema of a set in the words of StAEDI, so that both check the same things.

const BASES = { AN: 'string', ID: 'identifier', N: 'numeric', R: 'decimal', DT: 'date', TM: 'time', any: 'string' };
const SYNTAXES = { P: 'paired', R: 'required', E: 'exclusion', C: 'conditional', L: 'list' };
const UNBOUNDED = 99_999;
const LENGTH_MAX = 9_999;

/**
 * @param {import('@railhead/x12').SetSchema} schema
 * @returns {string} XML
 */
export function toStaediSchema(schema) {
  const types = new Map();
  const segments = [...schema.rules.values()].filter(({ id }) => id !== 'ST' && id !== 'SE');
  const segmentTypes = segments.map((rule) => segmentType(rule, types));
  return [
    '<schema xmlns="http://xlate.io/EDISchema/v4">',
    `<transaction><sequence>${schema.root.children.map(position).join('')}</sequence></transaction>`,
    ...types.values(),
    ...segmentTypes,
    '</schema>',
  ].join('\n');
}

function position(node) {
  const occurs = `minOccurs="${node.isMandatory ? 1 : 0}" maxOccurs="${Math.min(node.max, UNBOUNDED)}"`;
  if (!node.isLoop) return `<segment type="${node.id}" ${occurs}/>`;
  const first = `<segment type="${node.id}" minOccurs="1"/>`;
  return `<loop code="L${node.index}" ${occurs}><sequence>${first}${node.children.map(position).join('')}</sequence></loop>`;
}

function segmentType({ id, elements, notes }, types) {
  const uses = elements.map((rule) => use(rule, types)).join('');
  const syntaxes = notes.map(({ kind, positions }) => {
    const places = positions.map((place) => `<position>${place}</position>`).join('');
    return `<syntax type="${SYNTAXES[kind]}">${places}</syntax>`;
  });
  return `<segmentType name="${id}"><sequence>${uses}</sequence>${syntaxes.join('')}</segmentType>`;
}

function use(rule, types) {
  const occurs = `minOccurs="${rule.isMandatory ? 1 : 0}"${rule.repeatMax > 1 ? ` maxOccurs="${rule.repeatMax}"` : ''}`;
  const isComposite = rule.type === 'composite';
  const name = isComposite ? rule.number : `E${rule.number || 'any'}`;
  if (!types.has(name)) {
    types.set(name, '');
    types.set(name, isComposite ? compositeType(name, rule, types) : elementType(name, rule));
  }
  return `<${isComposite ? 'composite' : 'element'} type="${name}" ${occurs}/>`;
}

function compositeType(name, { components }, types) {
  return `<compositeType name="${name}"><sequence>${components.map((part) => use(part, types)).join('')}</sequence></compositeType>`;
}

function elementType(name, { number, type, lengthMin, lengthMax, codes }) {
  const lengths = `minLength="${Math.max(1, lengthMin)}" maxLength="${Math.min(lengthMax, LENGTH_MAX)}"`;
  const values = [...(codes ?? [])].map((code) => `<value>${code}</value>`).join('');
  const list = values === '' ? '' : `<enumeration>${values}</enumeration>`;
  return `<elementType name="${name}" number="${number || 1}" base="${BASES[type]}" ${lengths}>${list}</elementType>`;
}
