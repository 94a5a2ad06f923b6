/** Words that are written with a space between each two. */
export function words(text: string): readonly string[] {
  return text.split(' ');
}
