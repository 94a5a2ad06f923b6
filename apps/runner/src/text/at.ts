/** The element at an index that must be there. @throws RangeError when it isn't. */
export function at<Element>(list: readonly Element[], index: number): Element {
  if (index < 0 || index >= list.length)
    throw new RangeError(`no element ${index} of ${list.length}`);
  return list[index] as Element;
}
