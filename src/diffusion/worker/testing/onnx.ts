/** Just enough of ONNX's protocol buffers to write networks of a few nodes. Field numbers are those of `onnx.proto`. */

type Bytes = number[];

const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const VARINT = 0;
const LENGTH_DELIMITED = 2;

interface Node {
  op: string;
  inputs: string[];
  output: string;
  attributes?: Record<string, number>;
}

export interface Network {
  inputs: Record<string, number[]>;
  /** Name and shape. */
  output: [string, number[]];
  /** Values and shape by name. */
  constants: Record<string, { values: Float32Array<ArrayBuffer>; shape: number[] }>;
  nodes: Node[];
}

function varint(value: number): Bytes {
  const out: Bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  return [...out, rest];
}

function int(field: number, value: number): Bytes {
  return [...varint(field * 8 + VARINT), ...varint(value)];
}

function block(field: number, content: ArrayLike<number>): Bytes {
  return [...varint(field * 8 + LENGTH_DELIMITED), ...varint(content.length), ...Array.from(content)];
}

function text(field: number, value: string): Bytes {
  return block(field, new TextEncoder().encode(value));
}

function nodeProto({ op, inputs, output, attributes = {} }: Node): Bytes {
  const encoded = Object.entries(attributes).flatMap(([key, value]) =>
    block(5, [...text(1, key), ...int(3, value), ...int(20, ATTRIBUTE_INT)]),
  );
  return [...inputs.flatMap((input) => text(1, input)), ...text(2, output), ...text(4, op), ...encoded];
}

function valueInfo(name: string, shape: number[]): Bytes {
  const dimensions = shape.flatMap((size) => block(1, int(1, size)));
  const tensorType = [...int(1, FLOAT), ...block(2, dimensions)];
  return [...text(1, name), ...block(2, block(1, tensorType))];
}

/** The bytes of a float32 model, opset 17. */
export function encodeNetwork({ inputs, output, constants, nodes }: Network): Uint8Array<ArrayBuffer> {
  const initializers = Object.entries(constants).flatMap(([name, { values, shape }]) =>
    block(5, [
      ...shape.flatMap((size) => int(1, size)),
      ...int(2, FLOAT),
      ...text(8, name),
      ...block(9, new Uint8Array(values.buffer)),
    ]),
  );
  const graph = [
    ...nodes.flatMap((node) => block(1, nodeProto(node))),
    ...text(2, 'graph'),
    ...initializers,
    ...Object.entries(inputs).flatMap(([name, shape]) => block(11, valueInfo(name, shape))),
    ...block(12, valueInfo(...output)),
  ];
  const opset = [...text(1, ''), ...int(2, 17)];
  return Uint8Array.from([...int(1, 8), ...block(7, graph), ...block(8, opset)]);
}
