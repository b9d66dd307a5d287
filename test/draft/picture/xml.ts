/** An element of XML. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: XmlElement[];
  /** Its own characters, without those of its children. */
  text: string;
}

const ENTITIES: { readonly [name: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Reads XML of the plain kind that a drawing consists of, and throws at whatever a strict reader would. */
export function readXml(xml: string): XmlElement {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml))
    throw new Error('a character that XML forbids');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = 0;
  for (const match of xml.matchAll(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/g)) {
    const [whole, closing, name = '', attributes = '', empty, text] = match;
    const parent = open.at(-1);
    if (match.index !== at || parent === undefined)
      throw new Error(`not XML at ${at}: ${xml.slice(at, at + 40)}`);
    at += whole.length;
    if (text !== undefined) {
      parent.text += decoded(text);
    } else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing at ${match.index}`);
    } else {
      const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        decoded(value),
      ]);
      if (new Set(pairs.map(([key]) => key)).size < pairs.length)
        throw new Error(`an attribute twice at ${match.index}`);
      const element: XmlElement = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  const [svg, ...others] = root.children;
  if (at !== xml.length || open.length !== 1 || svg === undefined || others.length > 0)
    throw new Error('not one whole element');
  return svg;
}

function decoded(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = ENTITIES[entity];
    if (character === undefined) throw new Error(`no such entity: ${entity}`);
    return character;
  });
}
