/** Words of the backend that assume a screen, and what to do instead. Pure. */
export { translateGui } from './translate.js';
export type { ActionKind, GuiAction, GuiTranslation } from './types.js';
