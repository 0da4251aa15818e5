/**
 * The assertions our tests use: Deno's own standard library, as the npm package `deno-std` carries
 * it, with the types that package lacks. Where JSR is reachable, the import map's line for
 * `@std/assert` may simply read `jsr:@std/assert@^1`, and this file is not needed.
 */
import * as std from "deno-std/assert";

/** Fails unless `condition` holds; narrows it for the lines that follow. */
export const assert: (condition: unknown, message?: string) => asserts condition = std.assert;

/** Fails unless the two values are deeply equal. */
export const assertEquals: <T>(actual: T, expected: T, message?: string) => void = std.assertEquals;

/** Fails if the two values are deeply equal. */
export const assertNotEquals: <T>(actual: T, expected: T, message?: string) => void =
  std.assertNotEquals;

/** Fails if the value is `null` or `undefined`; narrows it for the lines that follow. */
export const assertExists: <T>(
  actual: T,
  message?: string,
) => asserts actual is NonNullable<T> = std.assertExists;

/** Fails unless `actual` contains `expected`. */
export const assertStringIncludes: (actual: string, expected: string, message?: string) => void =
  std.assertStringIncludes;

/** Fails unless `actual` matches the expression. */
export const assertMatch: (actual: string, expected: RegExp, message?: string) => void =
  std.assertMatch;

/** Fails unless `actual` contains every element of `expected`. */
export const assertArrayIncludes: <T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  message?: string,
) => void = std.assertArrayIncludes;

/** Fails unless `actual` has at least the properties of `expected`. */
export const assertObjectMatch: (
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  message?: string,
) => void = std.assertObjectMatch;

/** Fails unless `actual > expected`. */
export const assertGreater: <T>(actual: T, expected: T, message?: string) => void =
  std.assertGreater;

/** Fails unless `actual < expected`. */
export const assertLess: <T>(actual: T, expected: T, message?: string) => void = std.assertLess;

/** Fails unless the function throws; returns what it threw. */
export const assertThrows: <E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: new (...args: any[]) => E,
  messageIncludes?: string,
  message?: string,
) => E = std.assertThrows;

/** Fails unless the promise is rejected; resolves with the reason. */
export const assertRejects: <E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: new (...args: any[]) => E,
  messageIncludes?: string,
  message?: string,
) => Promise<E> = std.assertRejects;

/** Fails, always. */
export const fail: (message?: string) => never = std.fail;
