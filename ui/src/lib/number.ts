/** Numbers as they are read. One formatter for the window: making one is dear, and rows come by the thousand. */

export const number = new Intl.NumberFormat('en');

/** “1 review”, “1,200 reviews”. */
export const count = (n: number, one: string, many = `${one}s`): string => (n === 1 ? `1 ${one}` : `${number.format(n)} ${many}`);
