import { logoFile } from '../edits/logo.js';
import type { Setting } from '../edits/tracks.js';
import { headline, nameWords, sharedWord } from '../wording/file-names.js';
import { STOCK } from '../wording/stock.js';
import { titleFromSubject } from '../wording/subject.js';
import type { Brief } from './brief.js';

/** The words of a new video that nobody wrote: found in the message and in the names of the files, never the request itself. */

/** The brand that a logo's name gives: `acme-logo.png` is Acme's. */
function brandOf(setting: Setting): string | undefined {
  const file = logoFile(setting.media);
  const words = file
    ? nameWords(file.name).filter((word) => !/logo|brand|mark|标志|商标|徽标|标识|水印/i.test(word))
    : [];
  return words.length > 0 && words.length <= 3 ? headline(words.join(' ')) : undefined;
}

/** The title: what was asked for, else the subject, else what the files have in common, else the brand, else a phrase from stock. */
export function titleFor(brief: Brief, setting: Setting): string {
  const asked = brief.over.find(
    (request) => request.do === 'write' && request.role === 'title' && request.text !== undefined,
  );
  if (asked?.do === 'write' && asked.text !== undefined) return asked.text;
  if (brief.subject !== undefined) return titleFromSubject(brief.subject);
  const shared = sharedWord(brief.pictures.map(({ name }) => name));
  return shared ?? brandOf(setting) ?? STOCK[setting.language].title[brief.promo ? 'promo' : 'plain'];
}

/** The closing call. */
export const closingFor = (brief: Brief, setting: Setting): string =>
  STOCK[setting.language].closing[brief.promo ? 'promo' : 'plain'];
