/** The numbers that tests count by. */

/** Those from 0 on, so many. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
