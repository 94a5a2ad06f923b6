/** A file of CDLs that can't be understood; the message goes on after the file's name. */
export class CdlFault extends Error {
  override readonly name = 'CdlFault';
}
