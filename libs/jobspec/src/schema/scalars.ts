/** Values of published types. The JSON Schema of the result is written from them, by their tags. */

/** @minLength 1 */
export type Filled = string;

/**
 * One line.
 *
 * @minLength 1
 * @maxLength 500
 * @pattern ^[^\u0000-\u001f\u007f-\u009f]*$
 */
export type Sentence = string;

/**
 * UTC, such as 2025-12-28T12:00:05.123+00:00.
 *
 * @pattern ^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+00:00$
 */
export type Time = string;

/** @asType integer */
export type Whole = number;

/**
 * @asType integer
 * @minimum 0
 */
export type Count = number;

/**
 * @asType integer
 * @minimum 1
 */
export type OneUp = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 9007199254740991
 */
export type Bytes = number;

/** @minimum 0 */
export type Amount = number;
