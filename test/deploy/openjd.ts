/**
 * Schema of the part of Open Job Description (2023-09) that the template uses: fields and their types, names, and the values
 * that a format string may have in its place. It accepts less than the specification does, never more.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const name = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' };
const text = { type: 'string', minLength: 1, maxLength: 2048 };

const object = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((field) => !optional.includes(field)),
  additionalProperties: false,
});
const some = (items: unknown) => ({ type: 'array', minItems: 1, items });

const parameter = {
  oneOf: [
    object({
      name,
      description: text,
      type: { const: 'PATH' },
      objectType: { enum: ['FILE', 'DIRECTORY'] },
      dataFlow: { enum: ['NONE', 'IN', 'OUT', 'INOUT'] },
    }),
    object({ name, description: text, type: { const: 'INT' }, minValue: { type: 'integer' } }),
  ],
};

const amount = object({
  name: { type: 'string', pattern: '^amount(\\.[A-Za-z_][A-Za-z0-9_]*)+$' },
  min: { type: 'number', exclusiveMinimum: 0 },
});

const script = object({
  embeddedFiles: some(object({ name, type: { const: 'TEXT' }, data: text })),
  actions: object({
    onRun: object({
      command: text,
      args: some(text),
      cancelation: object({
        mode: { const: 'NOTIFY_THEN_TERMINATE' },
        notifyPeriodInSeconds: { type: 'integer', minimum: 1, maximum: 600 },
      }),
    }),
  }),
});

const SCHEMA = object({
  specificationVersion: { const: 'jobtemplate-2023-09' },
  name: { type: 'string', minLength: 1, maxLength: 128 },
  parameterDefinitions: some(parameter),
  steps: some(
    object({
      name: { type: 'string', minLength: 1, maxLength: 64 },
      hostRequirements: object({ amounts: some(amount) }),
      parameterSpace: object({
        taskParameterDefinitions: some(object({ name, type: { const: 'INT' }, range: text })),
      }),
      script,
    }),
  ),
});

export interface Template {
  parameterDefinitions: { name: string; type: string }[];
  steps: {
    parameterSpace: { taskParameterDefinitions: { name: string; range: string }[] };
    script: {
      embeddedFiles: { name: string; data: string }[];
      actions: { onRun: { command: string; args: string[] } };
    };
  }[];
}

const isTemplate = new Ajv2020({ allErrors: true }).compile<Template>(SCHEMA);

/** @throws Error that names the fields that are wrong, and the values that aren't there */
export function readTemplate(yaml: string): Template {
  const template: unknown = parse(yaml);
  if (!isTemplate(template))
    throw new Error(isTemplate.errors?.map((e) => `${e.instancePath} ${e.message}`).join('\n'));
  const params = template.parameterDefinitions.flatMap(({ name: known, type }) =>
    type === 'PATH' ? [`Param.${known}`, `RawParam.${known}`] : [`Param.${known}`],
  );
  for (const { parameterSpace, script: run } of template.steps) {
    const ofTasks = parameterSpace.taskParameterDefinitions;
    for (const { range } of ofTasks) fill(range, valuesOf(params));
    const inTask = [
      ...params,
      'Session.WorkingDirectory',
      'Session.HasPathMappingRules',
      'Session.PathMappingRulesFile',
      ...run.embeddedFiles.map((file) => `Task.File.${file.name}`),
      ...ofTasks.map((task) => `Task.Param.${task.name}`),
    ];
    const { command, args } = run.actions.onRun;
    for (const part of [command, ...args, ...run.embeddedFiles.map(({ data }) => data)])
      fill(part, valuesOf(inTask));
  }
  return template;
}

const valuesOf = (names: readonly string[]) => new Map(names.map((known) => [known, known]));

/** A format string with its values. @throws Error for a value that isn't there */
export function fill(format: string, values: ReadonlyMap<string, string>): string {
  return format.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/gu, (_, wanted: string) => {
    const value = values.get(wanted);
    if (value === undefined) throw new Error(`no value ${wanted} in ${format}`);
    return value;
  });
}
