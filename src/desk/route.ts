/** What the owner of several desks has decided of newcomers. */

/** The desk with the least to do, or one desk, by its channel's ID. */
export type Route = "even" | { deskId: number };
