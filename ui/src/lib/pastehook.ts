/** Ctrl/Cmd+V anywhere in the window, outside fields. The consent screen registers; the frame dispatches. */

type Handler = (event: ClipboardEvent) => void;

const handlers: Handler[] = [];

/** The last one registered hears pastes until the returned function is called. */
export function onPaste(handler: Handler): () => void {
  handlers.push(handler);
  return () => {
    const at = handlers.lastIndexOf(handler);
    if (at >= 0) handlers.splice(at, 1);
  };
}

/** Hands a paste on, unless it was meant for a field. Returns whether somebody took it. */
export function dispatchPaste(event: ClipboardEvent): boolean {
  const handler = handlers.at(-1);
  if (handler === undefined || event.defaultPrevented || isField(event.target)) return false;
  handler(event);
  return true;
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
