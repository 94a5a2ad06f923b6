/** Equal for names that a share without case or with its own Unicode form takes for one file. */
export const foldedName = (name: string): string =>
  name.normalize('NFD').toUpperCase().normalize('NFC');
