using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>What is known while one nest is built.</summary>
internal sealed partial class KernelBuilder
{
    private readonly Stack<Dictionary<Node, KernelExpression>> _scopes = new();
    private readonly List<Loop> _path = new();
    private NestState _nest = new(Array.Empty<string>());
    private List<KernelStatement> _code = new();

    private int Depth => _path.Count;

    private bool InVectorLoop => _nest.VectorDepth >= 0;

    private bool Varies(Node node) => InVectorLoop && node.Axes.Contains(_nest.Vector!);

    private KernelExpression? Lookup(Node node)
    {
        foreach (Dictionary<Node, KernelExpression> scope in _scopes)
        {
            if (scope.TryGetValue(node, out KernelExpression known)) return known;
        }

        return null;
    }

    private KernelLocal NewLocal(string hint, ValueType type, bool lanes, Precision precision = Precision.Working, bool isLong = false, bool isTemporary = false)
    {
        var local = new KernelLocal(_nest.NewName(hint), type, lanes, precision, isLong) { IsTemporary = isTemporary };
        if (InVectorLoop) _nest.InsideVectorLoop.Add(local);
        return local;
    }

    /// <summary>Runs <paramref name="build"/> with a scope and a statement list of its own.</summary>
    private List<KernelStatement> Nested(Action build)
    {
        List<KernelStatement> outer = _code;
        _code = new List<KernelStatement>();
        _scopes.Push(new Dictionary<Node, KernelExpression>());
        build();
        _scopes.Pop();
        List<KernelStatement> inner = _code;
        _code = outer;
        return inner;
    }

    /// <summary>The state of one nest.</summary>
    private sealed class NestState(IEnumerable<string> reserved)
    {
        private readonly HashSet<string> _used = new(reserved, StringComparer.Ordinal);
        private readonly HashSet<string> _beside = new(StringComparer.Ordinal);
        private readonly HashSet<string> _outer = new(StringComparer.Ordinal);

        // The last number that a name got: lower ones are taken.
        private readonly Dictionary<string, int> _numbered = new(StringComparer.Ordinal);
        private readonly List<KernelBuffer> _scratch = new();
        private readonly Dictionary<(Statement, ScratchRole), KernelBuffer> _arrays = new();

        /// <summary>The axis along which lanes run where statements are being built.</summary>
        public Axis? Vector { get; set; }

        /// <summary>How many loops stand outside the vector loop that is being built; -1 outside of one.</summary>
        public int VectorDepth { get; set; } = -1;

        /// <summary>
        /// While the body for whole vectors is built: forms that are at least 0 in the interior, at every position of the loops inside.
        /// </summary>
        public List<AffineForm>? Interior { get; set; }

        /// <summary>In a tail, the number of its lanes.</summary>
        public KernelLocal? TailCount { get; set; }

        /// <summary>Declarations before everything else: scalars of the frame in working precision.</summary>
        public List<KernelStatement> Header { get; } = new();

        /// <summary>Values that the vector loop does not change, in lanes.</summary>
        public List<KernelStatement> Prologue { get; set; } = new();

        /// <summary>Lengths of rows with room for whole vectors, by the number of their elements.</summary>
        public Dictionary<AffineForm, KernelLocal> RowLengths { get; } = new();

        public List<(Splat Splat, KernelLocal Local)> Splats { get; set; } = new();

        public Dictionary<KernelBuffer, KernelLocal> Tables { get; } = new();

        /// <summary>The strip of each loop over strips: for whole vectors and in their tail it has the same names, since the arrays of its own are the same.</summary>
        public Dictionary<Loop, (Axis Start, KernelLocal End)> Strips { get; } = new();

        public HashSet<KernelLocal> InsideVectorLoop { get; } = new();

        public HashSet<KernelBuffer> Buffers { get; } = new();

        public IReadOnlyList<KernelBuffer> Scratch => _scratch;

        public List<PartialResult> Partials { get; } = new();

        /// <summary>The partial results of a body that has been built of the same nest; empty for the first.</summary>
        public ImmutableArray<PartialResult> KnownPartials { get; set; } = ImmutableArray<PartialResult>.Empty;

        public Dictionary<Statement, Accumulator> Accumulators { get; } = new();

        public string NewName(string hint)
        {
            if (_used.Add(hint)) return hint;
            _numbered.TryGetValue(hint, out int last);
            int number = Math.Max(last, 1) + 1;
            while (!_used.Add(Numbered(number))) number++;
            _numbered[hint] = number;
            return Numbered(number);

            string Numbered(int i) => hint + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>
        /// A name for what stands outside of the vector loop while its body or its tail is built: the two have names of their own, and it must be
        /// neither's.
        /// </summary>
        public string NewOuterName(string hint)
        {
            string name = NewName(hint);
            while (_beside.Contains(name)) name = NewName(hint);
            _outer.Add(name);
            return name;
        }

        /// <summary>Takes a name out of use.</summary>
        public void Reserve(string name) => _used.Add(name);

        public HashSet<string> SaveNames() => new(_used, StringComparer.Ordinal);

        /// <summary>Before a tail, which repeats the names of the body beside it, not of what stands around both.</summary>
        public void RestoreNames(HashSet<string> names)
        {
            _beside.UnionWith(_used);
            _used.Clear();
            _numbered.Clear();
            _used.UnionWith(names);
            _used.UnionWith(_outer);
        }

        /// <summary>Behind a tail: all names are taken, those of the body as well.</summary>
        public void JoinNames()
        {
            _used.UnionWith(_beside);
            _beside.Clear();
        }

        public KernelBuffer? ArrayOf(Statement statement, ScratchRole role) => _arrays.TryGetValue((statement, role), out KernelBuffer array) ? array : null;

        /// <summary>An array that no statement's values are kept in.</summary>
        public KernelBuffer AddArray(KernelBuffer array)
        {
            array = array with { Index = _scratch.Count };
            _scratch.Add(array);
            return array;
        }

        public KernelBuffer AddArray(Statement statement, ScratchRole role, KernelBuffer array)
        {
            _scratch.Add(array);
            return _arrays[(statement, role)] = array;
        }
    }

    /// <summary>What a nest's own array holds for a statement: its values where others read them, sums on their way there, or the lanes of such sums.</summary>
    private enum ScratchRole
    {
        Value,
        Accumulator,
        Lanes,
    }
}
