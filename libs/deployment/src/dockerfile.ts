import { DockerfileParser, type Instruction, ModifiableInstruction } from 'dockerfile-ast';
import { read } from './process.js';

/** A stage with all that it has from the stages it is built on, the oldest first. */
export interface Stage {
  readonly name: string;
  /** The image it begins with in the end. */
  readonly image: string;
  readonly instructions: readonly { readonly keyword: string; readonly text: string }[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Every stage of the Dockerfile, by name. */
export function stages(): ReadonlyMap<string, Stage> {
  const found = new Map<string, Stage>();
  let name = '';
  for (const instruction of DockerfileParser.parse(read('Dockerfile')).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const [image, , alias] = words(instruction);
      name = alias!;
      const below = found.get(image!);
      found.set(name, { name, image: below?.image ?? image!, instructions: below?.instructions ?? [], environment: below?.environment ?? {} });
    } else {
      const stage = found.get(name)!;
      const keyword = instruction.getKeyword();
      const added = keyword === 'ENV' ? Object.fromEntries(words(instruction).map((pair) => pair.split(/=(.*)/s, 2))) as Record<string, string> : {};
      found.set(name, {
        ...stage,
        instructions: [...stage.instructions, { keyword, text: textOf(instruction) }],
        environment: { ...stage.environment, ...added },
      });
    }
  }
  return found;
}

function textOf(instruction: Instruction): string {
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags().map((flag) => flag.toString()) : [];
  return [...flags, instruction.getArgumentsContent() ?? ''].join(' ');
}

function words(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

/** Of the last instruction with this keyword, which alone counts. */
export function last(stage: Stage, keyword: string): string | undefined {
  return stage.instructions.findLast((instruction) => instruction.keyword === keyword)?.text;
}
