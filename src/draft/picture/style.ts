/** The colours around the segments: `'auto'` follows the reader's system. */
export type Theme = 'auto' | 'light' | 'dark';

const FONTS =
  'Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';

const SHAPES =
  '.nvt .nvt-title{font-size:16px;font-weight:600}.nvt-label{font-weight:600}' +
  '.nvt-facts,.nvt .nvt-mark{text-anchor:end}.nvt .nvt-mark{font-size:11px;text-anchor:middle}';

/** The style sheet of a drawing. Its classes have names of their own, because a page may hold the drawing inline. */
export function styleOf(theme: Theme): string {
  const light = colours('#ffffff', '#f1f3f5', '#1b2126', '#5a646e', '#d5dae0');
  const dark = colours('#14191f', '#1e252d', '#eceff2', '#a4aeb9', '#3a444f');
  const common = `.nvt text{font-family:${FONTS};font-size:12px}${SHAPES}`;
  if (theme === 'dark') return common + dark;
  return theme === 'light' ? common + light : `${common}${light}@media (prefers-color-scheme:dark){${dark}}`;
}

function colours(page: string, lane: string, ink: string, soft: string, line: string): string {
  return (
    `.nvt-page{fill:${page}}.nvt-lane{fill:${lane}}.nvt-title,.nvt-label{fill:${ink}}` +
    `.nvt-facts,.nvt-mark,.nvt-name{fill:${soft}}.nvt-line{stroke:${line}}.nvt-end{stroke:${soft}}`
  );
}
