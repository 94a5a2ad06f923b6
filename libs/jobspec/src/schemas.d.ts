declare module '*.schema.json' {
  const schema: Readonly<Record<string, unknown>>;
  export default schema;
}
