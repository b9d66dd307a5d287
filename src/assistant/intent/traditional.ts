import { lazily } from '../../run/gui/lazily.js';

/**
 * Traditional characters of the lexicon's words with their simplified forms, one to one, so that positions stay the
 * same. Not a converter: only what a request to export, upload, look or pay can contain.
 */
const PAIRS =
  '導导 匯汇 載载 視视 頻频 傳传 積积 餘余 額额 狀状 態态 軌轨 時时 間间 軸轴 進进 輸输 檔档 請请 幫帮 將将 這这 個个 張张 圖图 給给 發发 還还 ' +
  '剩剩 麼么 嗎吗 現现 開开 顯显 覽览 預预 長长 後后 並并 與与 賬账 帳账 戶户 號号 為为 從从 讓让 沒没 問问 題题 電电 腦脑 機机 質质 畫画 寫写 ' +
  '標标 聲声 樂乐 訴诉 點点 數数 夠够 條条 誰谁 來来 過过 結结 終终 儲储 雲云 無无 須须 別别 備备 們们 應应 錯错 繼继 續续 動动 啟启';

const simplified = /* @__PURE__ */ lazily(
  () => new Map(PAIRS.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)])),
);

/** Lower case and simplified, every character in its place: `result.length === text.length`. */
export function normalize(text: string): string {
  const simple = simplified();
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const lower = char === '’' ? "'" : char.toLowerCase();
    // A few capitals (İ) grow in lower case; they are kept as they are.
    out += simple.get(char) ?? (lower.length === 1 ? lower : char);
  }
  return out;
}
