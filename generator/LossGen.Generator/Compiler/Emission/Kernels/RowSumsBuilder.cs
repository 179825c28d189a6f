using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Register tiles for sums of vectors: some rows times some vectors of accumulators, to which each position of the summed loop adds.
/// A vector is loaded once for all rows, a row's scalar once for all vectors. A block of positions is added up by itself before it goes to
/// memory, so that rounding grows with the blocks and not with the positions.
/// Needs: a loop that <see cref="Accepts"/> takes. Gives: the same terms, in one order wherever a row stands.
/// </summary>
internal sealed class RowSumsBuilder
{
    private const int Vectors = 2;

    /// <summary>Registers for accumulators; what remains of 16 holds what is read.</summary>
    private const int Accumulators = 12;

    /// <summary>Costlier sums than this are not bound by loads.</summary>
    private const int HeaviestBody = 8;

    /// <summary>Positions of a block: the columns of a tile stay in the first cache, the scalars of all rows in the second.</summary>
    private const int BlockLength = 192;

    /// <summary>After so many positions, at most 4096, sums of single precision go to wider ones.</summary>
    private const int WideLength = 21 * BlockLength;

    /// <summary>Whether a loop inside a loop over rows does nothing but compute scalars, add some up, and add vectors to sums that are the rows'.</summary>
    public static bool Accepts(ScalarLoop loop, ScalarLoop rows)
    {
        if (loop.IsDescending || TermWeights.Of(loop, name => name)?.Loop is not { } sum) return false;
        var vectors = (VectorLoop)sum.Body[sum.Body.Length - 1];
        if (!sum.Body.All(s => s is Comment or Declare or Write or VectorLoop || (s is Assign assign && IsWideSum(assign, sum)))) return false;
        if (!vectors.Accumulators.IsEmpty || !vectors.BlockPrologue.IsEmpty || !vectors.BlockEpilogue.IsEmpty || !vectors.Interior.IsEmpty) return false;
        if (!vectors.Body.Concat(vectors.Tail).All(s => s is Declare or Write) || RowsOf(sum, rows) < 2) return false;
        if (new[] { sum.From, sum.To, vectors.From, vectors.To }.Any(e => e.SpeaksOf(rows.Axis) || e.SpeaksOf(sum.Axis) || e.Everything().Any(p => p is LocalValue))) return false;

        // Scalars come to the lanes through the panel, as real numbers.
        HashSet<KernelLocal> scalars = new(sum.Body.OfType<Declare>().Select(d => d.Local));
        if (!vectors.Prologue.All(s => s is Declare { Value: Splat { Scalar: var scalar } } && (scalar is LocalValue { Local: { Type: ValueType.Real, Precision: Precision.Working } } || !scalar.Everything().Any(e => e is Read || IsOf(e, scalars))))) return false;
        if (vectors.Body.Concat(vectors.Tail).SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).Any(e => IsOf(e, scalars))) return false;

        // What is written: a sum of lanes at the vectors' own positions, and values of scalars that nothing here reads back elsewhere.
        Write[] sums = vectors.Body.OfType<Write>().ToArray(), values = sum.Body.OfType<Write>().ToArray();
        if (sums.Length == 0 || sums.Select(w => w.Place.Buffer).Distinct().Count() != sums.Length) return false;
        Read[] reads = vectors.Body.Concat(sum.Body.Where(s => s is not VectorLoop)).SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().ToArray();
        if (!reads.Where(r => r.IsLanes).All(r => r.Place is { Access: Access.Contiguous, Tests.IsEmpty: true, Buffer.HasLanes: false })) return false;
        if (!sums.All(w => w.Place is { Access: Access.Contiguous, Tests.IsEmpty: true, Buffer.HasLanes: false } && !w.Place.Expressions().Any(e => e.SpeaksOf(sum.Axis) || e.Everything().Any(p => p is LocalValue))
            && reads.Count(r => r.Place.Buffer.Equals(w.Place.Buffer)) == 1 && w.Value.Everything().Count(e => e is Read read && KernelExpressionTree.IsSame(read.Place, w.Place)) == 1)) return false;
        return values.All(w => !vectors.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().Any(r => r.Place.Buffer.Equals(w.Place.Buffer))
            && w.Place.LaneOffset is null && w.Place.Tests.IsEmpty && w.Place.Offset.SpeaksOf(rows.Axis) && w.Place.Offset.SpeaksOf(sum.Axis)
            && reads.Where(r => r.Place.Buffer.Equals(w.Place.Buffer)).All(r => KernelExpressionTree.IsSame(r.Place, w.Place)));
    }

    /// <summary>Whether a float64 sum of scalars, which may have another order, is used for nothing but its own next value.</summary>
    private static bool IsWideSum(Assign assign, ScalarLoop sum) =>
        assign.Local is { IsLanes: false, Precision: Precision.Wide } && assign.Value is Operation operation && operation.Op.Is(Ops.Add) && !sum.Body.OfType<Declare>().Any(d => ReferenceEquals(d.Local, assign.Local))
        && sum.Everything().OfType<Assign>().Count(a => ReferenceEquals(a.Local, assign.Local)) == 1 && sum.Everything().Sum(s => TermWeights.Uses(s, assign.Local)) == 1;

    /// <summary>How many rows a tile has: as many as there are registers for; fewer than 2 where sums are too costly, or have nothing in common.</summary>
    public static int RowsOf(ScalarLoop sum, ScalarLoop rows)
    {
        var vectors = (VectorLoop)sum.Body[sum.Body.Length - 1];
        KernelExpression[] all = vectors.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).ToArray();
        bool shares = all.OfType<Read>().Any(r => r.IsLanes && !r.Place.Offset.SpeaksOf(rows.Axis) && r.Place.Offset.SpeaksOf(sum.Axis));
        return CostOfRow(sum, vectors, rows) > HeaviestBody || !shares ? 0 : Accumulators / Vectors / Math.Max(1, vectors.Body.OfType<Write>().Count());
    }

    /// <summary>What a vector costs beside what all rows share, which is computed once for them.</summary>
    private static int CostOfRow(ScalarLoop sum, VectorLoop vectors, ScalarLoop rows)
    {
        HashSet<KernelLocal> ofRows = new(sum.Body.OfType<Declare>().Select(d => d.Local));
        bool IsOfRow(KernelExpression expression) =>
            expression.SpeaksOf(rows.Axis) || expression.Everything().Any(e => IsOf(e, ofRows) || (e is Read read && vectors.Body.OfType<Write>().Any(w => KernelExpressionTree.IsSame(w.Place, read.Place))));
        int cost = 0;
        foreach (KernelStatement statement in vectors.Prologue.Concat(vectors.Body))
        {
            KernelExpression[] own = statement.Expressions().Where(IsOfRow).ToArray();
            if (own.Length > 0 && statement is Declare declare) ofRows.Add(declare.Local);
            cost += own.SelectMany(KernelExpressionTree.Everything).OfType<Operation>().Where(o => o.Lanes && IsOfRow(o)).Sum(o => o.Op.Cost);
        }

        return cost;
    }

    private readonly ScalarLoop _sum;
    private readonly VectorLoop _vectors;
    private readonly ScalarLoop _rows;
    private readonly Func<string, string> _newName;
    private readonly Func<KernelBuffer, KernelBuffer> _addScratch;
    private readonly Axis _row;
    private readonly Axis _start;
    private readonly Dictionary<KernelBuffer, KernelLocal> _accumulators;
    private readonly KernelLocal _vector;
    private readonly Dictionary<KernelBuffer, KernelLocal> _guards;
    private KernelBuffer? _columns;
    private ImmutableArray<RowTileBody>? _panels;
    private ImmutableArray<ColumnCopy> _copies = ImmutableArray<ColumnCopy>.Empty;

    public RowSumsBuilder(ScalarLoop sum, ScalarLoop rows, Func<string, string> newName, Func<KernelBuffer, KernelBuffer> addScratch)
    {
        var terms = TermWeights.Of(sum, newName)!;
        _sum = terms.Loop;
        _guards = terms.Guards;
        _vectors = (VectorLoop)_sum.Body[_sum.Body.Length - 1];
        _rows = rows;
        _newName = newName;
        _addScratch = addScratch;
        _row = Named(rows.Axis, "tile_");
        _start = Named(sum.Axis, "from_");
        _vector = Offset("vector");
        _accumulators = Sums(_vectors.Body).ToDictionary(w => w.Place.Buffer, w => new KernelLocal(newName(w.Place.Buffer.Name + "Lanes"), ValueType.Real, true, Precision.Working));
    }

    public RowSums Build(KernelExpression firstRow, KernelExpression endRow, int rowsOfABlock)
    {
        var end = new KernelLocal(_newName("until_" + _sum.Axis.Name.Replace("'", "")), ValueType.Integer, false, Precision.Working);
        HashSet<KernelLocal> scalars = new(_sum.Body.OfType<Declare>().Select(d => d.Local));
        int slots = _vectors.Prologue.OfType<Declare>().Count(d => d.Value is Splat { Scalar: LocalValue { Local: var scalar } } && scalars.Contains(scalar));
        KernelBuffer panel = _addScratch(new KernelBuffer(
            _newName("panel"), BufferKind.Scratch, ElementOf(_vectors), 0, [AffineForm.Of(rowsOfABlock), AffineForm.Of(BlockLength * Math.Max(1, slots))]));

        // Tile by tile, of each position by position, of each its rows.
        AffineForm tile = BlockLength * slots * (Position(_row) - ((IntegerForm)firstRow).Form);
        RowTile Tile(int count)
        {
            RowTile ordinary = TileOf(count, panel, tile, count * slots, isGuarded: false);
            return _guards.Count == 0 ? ordinary : ordinary with { Guarded = TileOf(count, panel, tile, count * slots, isGuarded: true) };
        }

        var blocks = new BlockLoop(_sum.Axis, _start, end, _sum.From, _sum.To, BlockLength, ImmutableArray<KernelStatement>.Empty);
        ImmutableArray<RowTile> tiles = [Tile(RowsOf(_sum, _rows)), Tile(1)];
        return new RowSums(blocks, _row, firstRow, endRow, _vectors.Axis, _vectors.From, _vectors.To, Vectors, _vector, _vectors.TailCount, tiles, _panels!.Value, _copies, Wide(firstRow, rowsOfABlock), WideLength);
    }

    private ImmutableArray<WideSums> Wide(KernelExpression firstRow, int rowsOfABlock) => ElementOf(_vectors) != Model.ElementType.Single ? ImmutableArray<WideSums>.Empty : Sums(_vectors.Body).Where(IsSum).Select(sum =>
    {
        KernelBuffer array = _addScratch(new KernelBuffer(
            _newName(sum.Place.Buffer.Name + "Wide"), BufferKind.Scratch, Model.ElementType.Double, 0, [AffineForm.Of(rowsOfABlock), _vectors.Axis.Size])
        {
            OnlyWhere = _sum.Axis.Size - AffineForm.Of(WideLength),
        });
        KernelExpression row = Times(new IntegerForm(Position(_row) - ((IntegerForm)firstRow).Form), new IntegerForm(_vectors.Axis.Size));
        return new WideSums(((Write)AtRow(sum)).Place, array, row);
    }).ToImmutableArray();

    /// <summary>A tile of some rows, in terms of its first, each row with locals of its own.</summary>
    private RowTile TileOf(int count, KernelBuffer panel, AffineForm firstInPanel, int stride, bool isGuarded)
    {
        VectorLoop accumulating = _vectors with
        {
            Body = SharedApart(InRegisters(_vectors.Body, isGuarded)),
            Tail = SharedApart(InRegisters(_vectors.Tail, isGuarded)),
            BlockPrologue = Sums(_vectors.Body).Select(w => (KernelStatement)new Declare(_accumulators[w.Place.Buffer], IsSum(w) ? new Splat(new NumberLiteral(0, Precision.Working)) : new Read(w.Place))).ToImmutableArray(),
            BlockEpilogue = Sums(_vectors.Body).Select(w => (KernelStatement)(w with { Value = IsSum(w) ? new Operation(Ops.Add, [new Read(w.Place), Held(w)], true) : Held(w) })).ToImmutableArray(),
            Accumulators = _accumulators.Values.Select(local => (local, Ops.Add)).ToImmutableArray(),
        };
        var loop = new ScalarLoop(_rows.Axis, _sum.From, _sum.To, _sum.Body.SetItem(_sum.Body.Length - 1, accumulating));
        ImmutableArray<KernelStatement> jammed = LoopJamming.BodyOf(loop, count, _newName).Select(AtRow).ToImmutableArray();
        var tile = jammed.OfType<VectorLoop>().Single();

        // The scalars of all rows, in a panel in the order of their use.
        ImmutableArray<KernelStatement> scalars = jammed.Where(s => s is not VectorLoop).ToImmutableArray();
        HashSet<KernelLocal> computed = new(scalars.OfType<Declare>().Select(d => d.Local));
        Declare[] packed = tile.Prologue.OfType<Declare>().Where(d => d.Value is Splat { Scalar: LocalValue { Local: var scalar } } && computed.Contains(scalar)).ToArray();
        Place InPanel(KernelExpression offset) => new(panel, Access.Scalar, offset, null, ImmutableArray<BoundsTest>.Empty, null);
        AffineForm atPosition = firstInPanel + (stride * (Position(_sum.Axis) - Position(_start)));
        ImmutableArray<KernelStatement> pack = scalars.Concat(packed.Select((d, k) => new Write(InPanel(new IntegerForm(atPosition + AffineForm.Of(k))), ((Splat)d.Value).Scalar))).ToImmutableArray();
        Interleaving? copy = InMemory() is { } source && packed.Length == count ? new Interleaving(
            AtRow(source.Place).Place, source.Place.Offset.Along(_rows.Axis), InPanel(new IntegerForm(atPosition)), new IntegerForm(AffineForm.Of(stride))) : null;
        Declare[] fixedLanes = tile.Prologue.OfType<Declare>().Where(d => !packed.Contains(d) && !d.Value.SpeaksOf(_sum.Axis)).ToArray();
        IEnumerable<KernelStatement> ofPosition = tile.Prologue.OfType<Declare>().Where(d => !packed.Contains(d) && d.Value.SpeaksOf(_sum.Axis));
        tile = tile with { Body = ofPosition.Concat(tile.Body).ToImmutableArray(), Tail = ofPosition.Concat(tile.Tail).ToImmutableArray() };

        // What each row has at all positions.
        (ImmutableArray<KernelStatement> body, Declare[] held) = RowValues(tile.Body);
        (ImmutableArray<KernelStatement> tail, Declare[] heldInTail) = RowValues(tile.Tail);
        tile = tile with { Body = body, Tail = tail };

        // What all rows share, in a panel too.
        HashSet<KernelLocal> ofRows = new(packed.Concat(fixedLanes.Where(d => d.Value.SpeaksOf(_row))).Concat(tile.BlockPrologue.OfType<Declare>()).Concat(held).Concat(heldInTail).Select(d => d.Local));
        ColumnPanel? whole = ColumnPanel.Of(tile.Body, ofRows, _row, Vectors), partial = ColumnPanel.Of(tile.Tail, ofRows, _row, Vectors);
        if (whole is null || partial is null || whole.Count != partial.Count) (whole, partial) = (null, null);
        if (whole is not null) _columns ??= _addScratch(new KernelBuffer(_newName("columns"), BufferKind.Scratch, ElementOf(_vectors), 0, [AffineForm.Of(BlockLength * whole.Stride)], HasLanes: true));

        RowTileBody Body(ColumnPanel? panelOfColumns, ImmutableArray<KernelStatement> all, Declare[] valuesOfRows, ImmutableArray<KernelStatement> original)
        {
            KernelLocal inPanel = Offset("inPanel"), inColumns = Offset("inColumns");
            Declare[] splats = packed.Select((d, k) => new Declare(d.Local, new Splat(new Read(InPanel(Plus(new LocalValue(inPanel), new IntegerForm(AffineForm.Of(k)))))))).ToArray();
            Declare[] columns = panelOfColumns?.Reads(_columns!, new LocalValue(inColumns), new LocalValue(_vector)).ToArray() ?? [];
            ImmutableArray<KernelStatement> statements = panelOfColumns?.OfRows ?? all;
            ImmutableArray<KernelStatement> named = RowReferences.Run([tile with { Body = statements, Tail = ImmutableArray<KernelStatement>.Empty }], _newName);
            statements = ((VectorLoop)named[named.Length - 1]).Body;

            // Offsets that go on from position to position.
            DeclareRow[] rows = named.OfType<DeclareRow>().ToArray();
            var walked = rows.Where(r => r.First.SpeaksOf(_sum.Axis)).ToDictionary(r => r.Row, r => (r.Array, r.First, Offset: Offset("in" + char.ToUpperInvariant(r.Array.Name[0]) + r.Array.Name.Substring(1))));
            List<Declare> offsets = walked.Values.Select(w => new Declare(w.Offset, w.First.Rebuild(AtStart))).ToList();
            List<Assign> moves = walked.Values.Select(w => Moved(w.Offset, w.First.Along(_sum.Axis))).ToList();
            if (packed.Length > 0) Walk(inPanel, firstInPanel, stride);
            if (columns.Length > 0) Walk(inColumns, AffineForm.Zero, panelOfColumns!.Stride);
            KernelStatement[] before = fixedLanes.Concat<KernelStatement>(rows.Where(r => !walked.ContainsKey(r.Row))).Concat(offsets).ToArray();
            Place At(Place place) => place with { TailCount = Sums(original).Single(w => w.Place.Buffer.Equals(place.Buffer)).Place.TailCount };
            IEnumerable<KernelStatement> load = tile.BlockPrologue.OfType<Declare>().Select(d => d.Value is Read held ? d with { Value = new Read(At(held.Place)) } : d);
            IEnumerable<KernelStatement> store = tile.BlockEpilogue.OfType<Write>().Select(w => new Write(At(w.Place), w.Value.Rebuild(e => e is Read held ? new Read(At(held.Place)) : null)));
            KernelExpression? Walking(KernelExpression e) => e is Read read && walked.TryGetValue(read.Place.Buffer, out var walk)
                ? read with { Place = read.Place with { Buffer = walk.Array, Offset = Plus(new LocalValue(walk.Offset), read.Place.Offset) } }
                : null;
            ImmutableArray<KernelStatement> step = statements.Select(s => s.Rebuild(Walking)).ToImmutableArray();
            return new RowTileBody(
                before.Concat(valuesOfRows).Concat(load).ToImmutableArray(),
                BeforeUse(columns.Concat(splats), step).Concat(moves).ToImmutableArray(),
                store.ToImmutableArray(),
                before.Concat(splats).Concat(moves).ToImmutableHashSet())
            {
                Sums = tile.BlockPrologue.OfType<Declare>().Select(d => d.Local).ToImmutableArray(),
            };

            void Walk(KernelLocal offset, AffineForm first, int by)
            {
                offsets.Add(new Declare(offset, new IntegerForm(first)));
                moves.Add(Moved(offset, new IntegerForm(AffineForm.Of(by))));
            }
        }

        // Written once for the tiles of any height.
        RowTileBody ColumnsOf(ColumnPanel panelOfColumns)
        {
            KernelLocal inColumns = Offset("inColumns");
            Assign move = Moved(inColumns, new IntegerForm(AffineForm.Of(panelOfColumns.Stride)));
            KernelStatement[] before = fixedLanes.Where(d => !ofRows.Contains(d.Local)).Append(new Declare(inColumns, new IntegerForm(AffineForm.Zero))).ToArray();
            return new RowTileBody(
                before.ToImmutableArray(),
                panelOfColumns.Shared.Concat(panelOfColumns.Writes(_columns!, new LocalValue(inColumns), new LocalValue(_vector))).Append(move).ToImmutableArray(),
                ImmutableArray<KernelStatement>.Empty,
                before.Append(move).ToImmutableHashSet());
        }

        if (_panels is null && whole is not null)
        {
            ImmutableArray<Place> tails = partial!.InMemory(ElementOf(_vectors));
            _copies = whole.InMemory(ElementOf(_vectors)).Where(p => p.Offset.SpeaksOf(_sum.Axis)).Select((p, k) => new ColumnCopy(
                p with { Offset = p.Offset.Rebuild(AtStart) }, p.Offset.Along(_sum.Axis), _columns!, k * Vectors, whole.Stride, !tails.IsEmpty && tails.All(t => t.TailCount is null))).ToImmutableArray();
            if (_copies.Length != whole.Count) _copies = ImmutableArray<ColumnCopy>.Empty;
        }

        _panels ??= whole is null ? ImmutableArray<RowTileBody>.Empty : [ColumnsOf(whole), ColumnsOf(partial!)];
        return new RowTile(count, pack, copy, Body(whole, tile.Body, held, _vectors.Body), Body(partial, tile.Tail, heldInTail, _vectors.Tail));
    }

    /// <summary>Vectors of rows that are the same at all positions stay in registers, or on the stack.</summary>
    private (ImmutableArray<KernelStatement> Others, Declare[] Held) RowValues(ImmutableArray<KernelStatement> statements)
    {
        var held = new List<Declare>();
        bool IsHeld(KernelExpression e) => e is Read { IsLanes: true } && e.SpeaksOf(_row) && !e.SpeaksOf(_sum.Axis) && !e.Everything().Any(part => part is LocalValue);
        ImmutableArray<KernelStatement> others = statements.Where(s => !(s is Declare declare && IsHeld(declare.Value) && Add(declare))).Select(s => s.Rebuild(e =>
            IsHeld(e) ? new LocalValue(Hold((Read)e)) : null)).ToImmutableArray();
        return (others, held.ToArray());

        bool Add(Declare declare)
        {
            held.Add(declare);
            return true;
        }

        KernelLocal Hold(Read read)
        {
            if (held.FirstOrDefault(d => d.Value is Read other && KernelExpressionTree.IsSame(other.Place, read.Place)) is { } known) return known.Local;
            var local = new KernelLocal(_newName(read.Place.Buffer.Name + "Row"), read.Type, true, Precision.Working);
            held.Add(new Declare(local, read));
            return local;
        }
    }

    /// <summary>The scalars of rows, if they are nothing but what stands in memory position by position.</summary>
    private Read? InMemory()
    {
        KernelStatement[] scalars = _sum.Body.Where(s => s is not (Comment or VectorLoop)).ToArray();
        return scalars.Length == 1 && scalars[0] is Declare { Value: Read { Type: ValueType.Real, Place: { Access: Access.Scalar, Tests.IsEmpty: true } place } read } && place.Buffer.Element == ElementOf(_vectors)
            && place.Offset.IsSumOfProducts(_sum.Axis) && place.Offset.IsSumOfProducts(_rows.Axis) && place.Offset.Along(_sum.Axis).IsOne() && place.Offset.SpeaksOf(_rows.Axis) ? read : null;
    }

    private Read AtRow(Place place) => (Read)new Read(place).Rebuild(AtRow);

    private KernelLocal Offset(string name) => new(_newName(name), ValueType.Integer, false, Precision.Working);

    private static Assign Moved(KernelLocal offset, KernelExpression by) => new(offset, Plus(new LocalValue(offset), by));

    private static Operation Plus(KernelExpression a, KernelExpression b) => new(Ops.IntegerAdd, [a, b], false);

    private KernelExpression? AtStart(KernelExpression expression) => expression is IntegerForm form
        ? form with { Form = form.Form + (form.Form.CoefficientOf(Symbol.PositionOf(_sum.Axis)) * (Position(_start) - Position(_sum.Axis))) }
        : null;

    private static KernelExpression Times(KernelExpression a, KernelExpression b) =>
        a.IsOne() ? b : new Operation(Ops.IntegerMultiply, [a, b], false);

    /// <summary>The statements, with each declaration right before the first that needs it.</summary>
    private static IEnumerable<KernelStatement> BeforeUse(IEnumerable<Declare> declares, ImmutableArray<KernelStatement> statements)
    {
        List<Declare> waiting = declares.ToList();
        foreach (KernelStatement statement in statements)
        {
            foreach (Declare needed in waiting.Where(d => TermWeights.Uses(statement, d.Local) > 0).ToList())
            {
                waiting.Remove(needed);
                yield return needed;
            }

            yield return statement;
        }
    }

    private static IEnumerable<Write> Sums(ImmutableArray<KernelStatement> body) => body.OfType<Write>();

    private Axis Named(Axis axis, string prefix) => new(axis.Index, _newName(prefix + axis.Name.Replace("'", "")), size: null, isLocal: false);

    private static AffineForm Position(Axis axis) => AffineForm.Of(Symbol.PositionOf(axis));

    private static Model.ElementType ElementOf(VectorLoop vectors) => vectors.Body.OfType<Write>().First().Place.Buffer.Element;

    /// <summary>Adds to accumulators instead of memory; what is used once stands where it is used, so that products are fused.</summary>
    private ImmutableArray<KernelStatement> InRegisters(ImmutableArray<KernelStatement> body, bool isGuarded)
    {
        Dictionary<KernelLocal, KernelLocal> guards = isGuarded ? _guards.ToDictionary(g => _accumulators[g.Key], g => g.Value) : new();
        return MultiplyAddContraction.Run(TermWeights.Inlined(body).Select(s => s is not Write write ? s : Accumulating(write, _accumulators[write.Place.Buffer])).ToImmutableArray())
            .Select(s => s is Assign assign && guards.TryGetValue(assign.Local, out KernelLocal counts) ? Guarded(assign, counts) : s).ToImmutableArray();
    }

    // counts == 0 ? sum : sum + x weight
    private static Assign Guarded(Assign assign, KernelLocal counts)
    {
        var isOut = new Operation(Ops.Equal, [new LocalValue(counts), new Splat(new NumberLiteral(0, Precision.Working))], true);
        return assign with { Value = new Operation(Ops.Select, [isOut, new LocalValue(assign.Local), assign.Value], true) };
    }

    /// <summary>What does not depend on the row as a value of its own, which is computed once for all rows.</summary>
    private ImmutableArray<KernelStatement> SharedApart(ImmutableArray<KernelStatement> body)
    {
        HashSet<KernelLocal> scalars = new(_sum.Body.OfType<Declare>().Select(d => d.Local)), own = new(_accumulators.Values);
        own.UnionWith(_vectors.Prologue.OfType<Declare>().Where(d => IsOwn(d.Value) || d.Value.Everything().Any(e => IsOf(e, scalars))).Select(d => d.Local));
        var result = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (KernelStatement statement in body)
        {
            if (statement is Declare { Value: var value } declare && IsOwn(value)) own.Add(declare.Local);
            KernelStatement rest = statement is Declare shared && !own.Contains(shared.Local) ? statement : statement.Rebuild(Apart);
            result.Add(rest);
        }

        return result.ToImmutable();

        bool IsOwn(KernelExpression e) => e.SpeaksOf(_rows.Axis) || e.Everything().Any(part => IsOf(part, own));

        KernelExpression? Apart(KernelExpression e)
        {
            if (e is not Operation { Lanes: true, Type: ValueType.Real } || IsOwn(e)) return null;
            var local = new KernelLocal(_newName("shared"), ValueType.Real, IsLanes: true, Precision.Working);
            result.Add(new Declare(local, e));
            return new LocalValue(local);
        }
    }

    private LocalValue Held(Write write) => new(_accumulators[write.Place.Buffer]);

    /// <summary>Whether a term is added to what stands there, and nothing else is done to it.</summary>
    private static bool IsSum(Write write) => write.Value is Operation operation
        && ((operation.Op.Is(Ops.Add) && operation.Operands.Any(IsHeldAt(write))) || (operation.Op.Is(Ops.MultiplyAdd) && IsHeldAt(write)(operation.Operands[2])));

    private static Func<KernelExpression, bool> IsHeldAt(Write write) => e => e is Read read && KernelExpressionTree.IsSame(read.Place, write.Place);

    private static Assign Accumulating(Write write, KernelLocal accumulator) =>
        new(accumulator, write.Value.Rebuild(e => e is Read read && KernelExpressionTree.IsSame(read.Place, write.Place) ? new LocalValue(accumulator) : null));

    private static bool IsOf(KernelExpression expression, HashSet<KernelLocal> locals) => expression is LocalValue { Local: var local } && locals.Contains(local);

    /// <summary>The statement in terms of the tile's row.</summary>
    private KernelStatement AtRow(KernelStatement statement)
    {
        ImmutableArray<KernelStatement> All(ImmutableArray<KernelStatement> block) => block.Select(AtRow).ToImmutableArray();
        return statement is VectorLoop loop
            ? loop with { Prologue = All(loop.Prologue), BlockPrologue = All(loop.BlockPrologue), Body = All(loop.Body), Tail = All(loop.Tail), BlockEpilogue = All(loop.BlockEpilogue) }
            : statement.Rebuild(AtRow);
    }

    private KernelExpression? AtRow(KernelExpression expression) => expression switch
    {
        IntegerForm form => form with { Form = AtRow(form.Form) },
        LanePositions lanes => lanes with { First = AtRow(lanes.First) },
        _ => null,
    };

    private AffineForm AtRow(AffineForm form) =>
        form + (form.CoefficientOf(Symbol.PositionOf(_rows.Axis)) * (Position(_row) - Position(_rows.Axis)));
}
