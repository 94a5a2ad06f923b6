/** Numbers of the check of detail, in the order in which they are looked at, and what is said of the first that is beyond its limit. */
export const DETAIL = {
  kept: less(
    (share, from) => `it is softer than its source ${from}: it shows ${share} of its fine detail`,
  ),
  kept_beside: less(
    (share, from) =>
      `it is rougher ${from} than beside it in the same shot: it shows ${share} of the detail that it has there`,
  ),
  kept_of_part: less((share) => `a part of it shows ${share} of the fine detail of its source`),
  beside: more(
    () => 'its picture lies one to three pixels to the side of where it is in the source',
  ),
  colour_kept: less(
    (share) => `its colours show ${share} of the fine detail of the source’s colours`,
  ),
  colour_beside: more(() => 'its colours lie to the side of where they are in the source'),
  kept_most: more((_, from) => `it is sharper than its source ${from}`),
  added: more((_, from) => `it shows noise that its source doesn’t have ${from}`),
  added_of_part: more(() => 'a part of it shows noise that its source doesn’t have'),
  alpha: more((_, from) => `its alpha is not as in the source ${from}`),
  marks: more(() => 'something stands in all of its pictures that the source doesn’t show'),
};
export type DetailName = keyof typeof DETAIL;
/** Small proxies, and those without alpha, have fewer. */
export type DetailNumbers = Partial<Record<DetailName, number>>;

interface DetailWords {
  isBeyond: (value: number, limit: number) => boolean;
  says: (share: string, from: string) => string;
}

function less(says: DetailWords['says']): DetailWords {
  return { isBeyond: (value, limit) => value < limit, says };
}

function more(says: DetailWords['says']): DetailWords {
  return { isBeyond: (value, limit) => value > limit, says };
}

/** Which of the numbers of detail is beyond its limit, the first; `undefined` for none. */
export function firstBeyond(actual: DetailNumbers, limits: DetailNumbers): DetailName | undefined {
  const names = Object.keys(DETAIL) as DetailName[];
  return names.find((name) => {
    const [value, limit] = [actual[name], limits[name]];
    return value !== undefined && limit !== undefined && DETAIL[name].isBeyond(value, limit);
  });
}
