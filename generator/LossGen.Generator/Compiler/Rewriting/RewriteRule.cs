using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>How far a rule keeps a value.</summary>
internal enum Fidelity
{
    /// <summary>The same result for every input, NaN, infinity and signed zero included.</summary>
    Exact,

    /// <summary>Another rounding, at least as accurate, and results where the original overflowed or was undefined.</summary>
    Accurate,

    /// <summary>What the language promises instead of what IEEE arithmetic would give: a masked term contributes nothing.</summary>
    Promised,
}

/// <summary>One row of a table of rules: where it may fit, and what it makes of a node, or null.</summary>
internal sealed record RewriteRule(string Maths, Op Trigger, Fidelity Fidelity, Func<Graph, Node, Node?> Apply);
