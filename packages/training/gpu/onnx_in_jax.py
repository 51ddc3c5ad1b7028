"""ONNX graphs in JAX: the operators that the graphs of the trainer consist of, one by one."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from onnx import numpy_helper


def gemm(a, b, c=None, alpha=1.0, beta=1.0, transA=0, transB=0):
    product = alpha * jnp.matmul(a.T if transA else a, b.T if transB else b)
    return product if c is None else product + beta * c


def layer_normalization(x, scale, bias=None, axis=-1, epsilon=1e-5, stash_type=1):
    if axis not in (-1, x.ndim - 1):
        raise NotImplementedError(f"LayerNormalization over axis {axis} of {x.ndim}; only the last one is known")
    mean = x.mean(-1, keepdims=True)
    centred = x - mean
    inverse = jax.lax.rsqrt(jnp.square(centred).mean(-1, keepdims=True) + epsilon)
    scaled = centred * inverse * scale
    return (scaled if bias is None else scaled + bias), mean, inverse


def pad(x, pads, value=0, axes=None, mode="constant"):
    if mode != "constant":
        raise NotImplementedError(f"Pad by {mode}; only constants are known")
    axes = range(x.ndim) if axes is None else axes
    widths = [(0, 0)] * x.ndim
    # First how many before the array along each axis, then how many behind it.
    for axis, before, behind in zip(axes, pads, pads[len(pads) // 2 :]):
        widths[int(axis)] = (int(before), int(behind))
    return jnp.pad(x, widths, constant_values=value)


def slice_(x, starts, ends, axes, steps):
    ranges = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps):
        if step < 1:
            raise NotImplementedError(f"Slice with a step of {step}; only steps from 1 are known")
        # An end beyond the array means its end, in Python as in ONNX.
        ranges[axis] = slice(int(start), int(end), int(step))
    return x[tuple(ranges)]


def reduction(function):
    def reduce(x, axes=None, keepdims=1):
        axes = None if axes is None else tuple(int(axis) for axis in axes)
        return function(x, axis=axes, keepdims=bool(keepdims))

    return reduce


# What the graphs of the trainer consist of. Attributes arrive by name; an unknown one is an error.
OPERATORS = {
    "Add": lambda x, y: x + y,
    "Concat": lambda *x, axis: jnp.concatenate(x, axis=axis),
    "Div": lambda x, y: x / y,
    "Equal": lambda x, y: x == y,
    "Exp": jnp.exp,
    "Gemm": gemm,
    "LayerNormalization": layer_normalization,
    "Less": lambda x, y: x < y,
    "Log": jnp.log,
    "MatMul": jnp.matmul,
    "Max": lambda *x: functools.reduce(jnp.maximum, x),
    "Min": lambda *x: functools.reduce(jnp.minimum, x),
    "Mul": lambda x, y: x * y,
    "Neg": lambda x: -x,
    "Pad": pad,
    "Reciprocal": lambda x: 1 / x,
    "ReduceMax": reduction(jnp.max),
    "ReduceMean": reduction(jnp.mean),
    "ReduceSum": reduction(jnp.sum),
    "ReduceSumSquare": reduction(lambda x, **how: jnp.sum(jnp.square(x), **how)),
    "Relu": lambda x: jnp.maximum(x, 0),
    "Reshape": lambda x, shape: jnp.reshape(x, [int(size) for size in shape]),
    "Sigmoid": jax.nn.sigmoid,
    "Slice": slice_,
    "Softmax": lambda x, axis=-1: jax.nn.softmax(x, axis=axis),
    "Split": lambda x, sizes, axis=0: jnp.split(x, np.cumsum(sizes)[:-1].tolist(), axis=axis),
    "Sqrt": jnp.sqrt,
    "Sub": lambda x, y: x - y,
    "Transpose": lambda x, perm: jnp.transpose(x, perm),
    "Where": jnp.where,
}


def read_graph(path):
    """A graph as a function for jax.jit: a dict of arrays by the names of its inputs in, one of its outputs out."""
    graph = onnx.load(path).graph
    # NumPy arrays, so that shapes, axes and sizes are known while JAX traces.
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type not in OPERATORS:
            raise NotImplementedError(
                f"{path} has the operator {node.op_type}; add it to OPERATORS, which knows {', '.join(OPERATORS)}"
            )
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        nodes.append((node.op_type, list(node.input), list(node.output), attributes))
    inputs = [value.name for value in graph.input]
    outputs = [value.name for value in graph.output]

    def run(feeds):
        values = {**constants, **{name: feeds[name] for name in inputs}, "": None}
        for operator, names, results, attributes in nodes:
            answer = OPERATORS[operator](*(values[name] for name in names), **attributes)
            values.update(zip(results, answer if isinstance(answer, (tuple, list)) else [answer]))
        return {name: values[name] for name in outputs}

    return run, outputs
