/**
 * What the backend asks to be done on a screen, as something that a client can do instead (wire document, "Words of the backend that
 * assume a screen"):
 * - `export` it names the Export or Download button: export the video
 * - `show_state` it wants a panel, a tab or a page opened: show the state of the session
 * - `show_timeline` it wants the timeline or the preview looked at: show the summary of the tracks
 * - `send_edit` it wants something dragged or dropped: send the edit as a message
 * - `show_credits` it wants the account or the billing looked at: show the credits
 * - `execute` it wants another button clicked: ask for what the button does in a message
 */
export type ActionKind = 'export' | 'show_state' | 'show_timeline' | 'send_edit' | 'show_credits' | 'execute';

/** One screen instruction, taken out of a text. */
export interface GuiAction {
  readonly action: ActionKind;
  /** The words of the backend, verbatim: "Click the Export button to download it". */
  readonly phrase: string;
}

/** A text without its screen instructions. */
export interface GuiTranslation {
  /** What is left for a person to read; empty when the text was nothing but instructions. */
  readonly text: string;
  /** The instructions, in the order of the text. */
  readonly actions: readonly GuiAction[];
}
