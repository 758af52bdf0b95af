/** How something is meant, always shown with an icon or a word as well as a colour. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info';
