using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>A kernel's argument: how the plan names it, its type and its name in the text.</summary>
/// <param name="Plan">How the launch plan names it.</param>
/// <param name="Text">The declaration.</param>
internal sealed record GpuArgument(string Plan, string Text);

/// <summary>What a kernel takes several neighbours of at once.</summary>
/// <param name="Width">How many.</param>
/// <param name="Arrays">How the plan names the arrays.</param>
/// <param name="Rows">What must be a multiple of the width for rows to start where whole vectors may.</param>
/// <param name="Kept">What lanes keep from one loop for the next; null where nothing is read again.</param>
internal sealed record GpuVectors(int Width, ImmutableArray<string> Arrays, ImmutableArray<AffineForm> Rows, KeptRows? Kept);

/// <summary>What the launch plan has to know of a printed kernel.</summary>
/// <param name="Arguments">Its arguments in order.</param>
/// <param name="Vectors">What it takes several neighbours of at once; null where it takes single elements.</param>
internal sealed record GpuKernelText(ImmutableArray<GpuArgument> Arguments, GpuVectors? Vectors = null);

/// <summary>Prints the passes of a program as kernels of the C family, and says what the plan has to know of each.</summary>
internal sealed class GpuKernelPrinter(GpuProgram program, ImmutableArray<ScalarParameter> scalars)
{
    private readonly SourceWriter _writer = new();

    /// <summary>The text of all kernels, and what it says of each.</summary>
    public (string Text, ImmutableDictionary<GpuPass, GpuKernelText> Kernels) Print()
    {
        var kernels = ImmutableDictionary.CreateBuilder<GpuPass, GpuKernelText>();
        foreach (GpuPass pass in program.Passes)
        {
            if (kernels.Count > 0) _writer.WriteLine();
            kernels[pass] = pass switch
            {
                NestPass nest => PrintNest(nest),
                ScalarPass scalar => new(PrintScalars(scalar)),
                ArrayMergePass merge => new(PrintMerge(merge)),
                _ => new(PrintSort((SortPass)pass)),
            };
        }

        return (_writer.ToString(), kernels.ToImmutable());
    }

    private GpuKernelText PrintNest(NestPass pass)
    {
        var names = new CNames();
        var given = new ArgumentValues(program, scalars, names);
        var expressions = new CExpressionPrinter(program.IsDouble, isWide: false, names) { Given = given };
        var body = new SourceWriter();
        NestMapping mapping = pass.Mapping;
        var nest = new NestPrinter(pass.Name, expressions, body, mapping);
        nest.Write(mapping.Before);
        TilePrinter? tile = mapping.Tile is null ? null : new TilePrinter(pass.Name, body, expressions, nest, mapping, mapping.Tile);
        if (tile is null) WriteItems(body, expressions, mapping, nest);
        else tile.Write();
        WritePartials(body, expressions, pass);

        string text = body.ToString();
        bool hasLanes = mapping.Lanes is not null;
        var numbers = new SourceWriter();
        given.WriteShared(expressions.InWidestType(), numbers);
        ImmutableArray<GpuArgument> arguments = Arguments(expressions, pass, CNames.Mentions(text, "slots")).AddRange(given.Arguments());
        _writer.WriteLine($"/* {Words(pass.Nest.Outline)} */");
        _writer.WriteLine($"#ifndef {pass.Name}_LANES");
        _writer.WriteLine($"#define {pass.Name}_LANES 1");
        _writer.WriteLine($"#define {pass.Name}_GROUP {(tile is null ? 256 : TilePrinter.GroupSize)}");
        _writer.WriteLine("#endif");
        GpuVectors? vectors = VectorsOf(pass, nest);
        if (vectors is not null)
        {
            _writer.WriteLine($"#ifndef {pass.Name}_ALIGNED");
            _writer.WriteLine($"#define {pass.Name}_ALIGNED 0");
            _writer.WriteLine("#endif");
        }

        if (nest.Kept is not null)
        {
            _writer.WriteLine($"#ifndef {pass.Name}_KEPT");
            _writer.WriteLine($"#define {pass.Name}_KEPT 0");
            _writer.WriteLine($"#define {pass.Name}_ROOM 0");
            _writer.WriteLine($"#define {pass.Name}_REST 1");
            _writer.WriteLine("#endif");
        }

        using (_writer.WriteBlock(Header(pass.Name, $"{pass.Name}_GROUP", arguments)))
        {
            if (CNames.Mentions(text, "shared")) _writer.WriteLine($"LG_SHARED lg_pair shared[LG_SHARES({pass.Name}_GROUP)];");
            foreach (string panel in tile?.Panels() ?? []) _writer.WriteLine(panel);
            if (vectors is not null && CNames.Mentions(text, "aligned")) _writer.WriteLine($"const int aligned = {pass.Name}_ALIGNED;");
            if (hasLanes) _writer.WriteLine($"const int lanes = {pass.Name}_LANES;");
            if (CNames.Mentions(text, "lane")) _writer.WriteLine("const int lane = lanes > 1 ? LG_LOCAL : 0;");
            foreach (string room in nest.Rooms()) _writer.WriteLine(room);
            if (numbers.ToString().Length > 0) _writer.WriteLines(numbers.ToString());
            if (tile is null) _writer.WriteLine($"const lg_i64 worker = {(hasLanes ? "lanes > 1 ? LG_GROUP_ID : LG_THREAD" : "LG_THREAD")};");
            if (CNames.Mentions(text, "workers") || CNames.Mentions(text, "step")) _writer.WriteLine($"const lg_i64 workers = {(hasLanes ? "lanes > 1 ? LG_GROUPS : LG_THREADS" : "LG_THREADS")};");
            if (CNames.Mentions(text, "step")) _writer.WriteLine($"const lg_i64 step = {(hasLanes ? "lanes > 1 ? 1 : workers" : "workers")};");
            foreach (KernelBuffer buffer in pass.Nest.Scratch.Where(expressions.Buffers.Contains))
                _writer.WriteLine($"const lg_i64 {names[buffer.Name]}_first = {(hasLanes ? $"lanes > 1 ? worker * ({expressions.Product(buffer.Sizes)}) : worker" : "worker")};");

            _writer.WriteLines(text);
        }

        return new(arguments, vectors);
    }

    private static GpuVectors? VectorsOf(NestPass pass, NestPrinter nest)
    {
        if (nest.Vectors.Count == 0) return null;
        VectorArray[] arrays = nest.Vectors.SelectMany(v => v.Arrays).Where(a => a.Rows is not null).ToArray();
        return new GpuVectors(
            nest.Vectors.Max(v => v.Width), arrays.Select(a => PlanName(a.Place.Buffer, pass)).Distinct().ToImmutableArray(),
            arrays.SelectMany(a => a.Rows!.Value).Distinct().ToImmutableArray(), nest.Kept);
    }

    private static void WriteItems(SourceWriter body, CExpressionPrinter expressions, NestMapping mapping, NestPrinter nest)
    {
        if (mapping.Items.IsEmpty)
        {
            using (body.WriteBlock("if (worker == 0)")) nest.WriteItem(mapping.Body);
            return;
        }

        if (mapping.Items.Length == 1)
        {
            if (nest.TryWriteItems(mapping.Items[0], mapping.Body)) return;
            string only = expressions.Position(mapping.Items[0]);
            using (body.WriteBlock($"for (lg_i64 {only} = worker; {only} < {expressions.Print(mapping.Items[0].Size)}; {only} += workers)")) nest.WriteItem(mapping.Body);
            return;
        }

        body.WriteLine($"const lg_i64 items = {expressions.Product(mapping.Items.Select(a => a.Size))};");
        using SourceWriter.Block loop = body.WriteBlock("for (lg_i64 item = worker; item < items; item += workers)");
        for (int k = 0; k < mapping.Items.Length; k++)
        {
            Axis axis = mapping.Items[k];
            string inner = expressions.Product(mapping.Items.Skip(k + 1).Select(a => a.Size));
            string divided = k == mapping.Items.Length - 1 ? "item" : $"item / ({inner})";
            body.WriteLine($"const lg_i64 {expressions.Position(axis)} = {divided}{(k == 0 ? "" : $" % {expressions.Print(axis.Size)}")};");
        }

        nest.WriteItem(mapping.Body);
    }

    private static void WritePartials(SourceWriter body, CExpressionPrinter expressions, NestPass pass)
    {
        int index = 0;
        foreach (WritePartial partial in pass.Mapping.Partials.Where(p => p.Array is null))
        {
            string value = NodePrinter.Strip(expressions.Print(partial.Value!));
            if (partial.Value is LocalValue { Local.Precision: Precision.Working }) value = $"lg_pair_of({value})";
            string kind = GroupReduction.Word(pass.Nest.Partials[partial.Partial].Kind);
            body.WriteLine($"lg_partial_{kind}(shared, {value}, {pass.Name}_GROUP, partials + {CLiteral.Of(index++)} * LG_GROUPS);");
        }
    }

    private ImmutableArray<GpuArgument> PrintScalars(ScalarPass pass)
    {
        var names = new CNames();
        var given = new ArgumentValues(program, scalars, names);
        var expressions = new CExpressionPrinter(program.IsDouble, isWide: true, names) { Given = given };
        var body = new SourceWriter();
        given.WriteUsed(pass.Steps.Where(s => s.Value is not null).Select(s => s.Value!), expressions, body);
        foreach (ScalarStep step in pass.Earlier)
            body.WriteLine($"const {ArgumentValues.TypeOf(step)} {names[step.Local!.Name]} = slots[{CLiteral.Of(step.Slot)}]{(step.Local.Type == ValueType.Truth ? " != 0" : "")};");
        (string Partials, string Groups)[] merged = pass.Sources.Select((_, k) => k == 0 ? ("partials", "groups") : (names.Own($"partials_{k + 1}"), names.Own($"groups_{k + 1}"))).ToArray();
        Dictionary<ScalarStep, string> totals = WriteShares(pass, merged, names, body);
        foreach (ScalarStep step in pass.Steps)
        {
            string value = step.Value is null ? totals[step] : NodePrinter.Strip(expressions.Print(step.Value));
            if (step.Local is { } local)
            {
                string meaning = step.Value is null && step.Meaning.Length > 0 ? $" /* {Words(step.Meaning)} */" : "";
                body.WriteLine($"const {ArgumentValues.TypeOf(step)} {names[local.Name]} = {value};{meaning}");
                value = names[local.Name];
            }

            if (step.Slot >= 0) body.WriteLine($"if (LG_LOCAL == 0) slots[{CLiteral.Of(step.Slot)}] = {((step.Local?.Type ?? step.Value!.Type) == ValueType.Real ? value : $"(lgw_real)({value})")};{(step.Local is null ? $" /* {Words(step.Meaning)} */" : "")}");
        }

        var arguments = new List<GpuArgument>(Arguments(expressions, pass, usesSlots: true));
        for (int k = 0; k < merged.Length; k++)
        {
            arguments.Add(new($"partials:{pass.Sources[k].Name}", $"LG_G const lg_pair* {merged[k].Partials}"));
            arguments.Add(new($"groups:{pass.Sources[k].Name}", $"lg_i64 {merged[k].Groups}"));
        }

        arguments.AddRange(given.Arguments());

        using (_writer.WriteBlock(Header(pass.Name, "256", arguments)))
        {
            if (merged.Length > 0) _writer.WriteLine("LG_SHARED lg_pair shared[LG_SHARES(256)];");
            if (body.ToString().Length > 0) _writer.WriteLines(body.ToString());
        }

        return arguments.ToImmutableArray();
    }

    /// <summary>What each thread combines of the groups' shares, those of a nest together, so that their loads are under way at the same time.</summary>
    private Dictionary<ScalarStep, string> WriteShares(ScalarPass pass, (string Partials, string Groups)[] merged, CNames names, SourceWriter body)
    {
        var totals = new Dictionary<ScalarStep, string>();
        for (int k = 0; k < merged.Length; k++)
        {
            var combined = new SourceWriter();
            ImmutableArray<PartialResult> sums = pass.Sources[k].Scalars;
            for (int index = 0; index < sums.Length; index++)
            {
                PartialResult partial = sums[index];
                string total = totals.Count == 0 ? "total" : names.Own($"total_{totals.Count + 1}"), kind = GroupReduction.Word(partial.Kind);
                body.WriteLine($"lg_pair {total} = lg_pair_of({CLiteral.Of(partial.Kind.NeutralElement(), program.IsDouble)});");
                combined.WriteLine($"{total} = lg_pair_combine_{kind}({total}, {merged[k].Partials}[{CLiteral.Of(index)} * {merged[k].Groups} + group]);");
                totals[partial.Scalar!] = $"lg_merge_{kind}(shared, {total})";
            }

            using SourceWriter.Block loop = body.WriteBlock($"for (lg_i64 group = LG_LOCAL; group < {merged[k].Groups}; group += 256)");
            body.WriteLines(combined.ToString());
        }

        return totals;
    }

    private ImmutableArray<GpuArgument> PrintMerge(ArrayMergePass pass)
    {
        var names = new CNames();
        var expressions = new CExpressionPrinter(program.IsDouble, isWide: false, names);
        string shares = names[pass.Shares.Name], result = names[pass.Result.Array!.Name], kind = GroupReduction.Word(pass.Result.Kind);
        expressions.Buffers.UnionWith(new[] { pass.Shares, pass.Result.Array });
        bool isPair = expressions.HoldsPairs(pass.Shares);
        string size = expressions.Product(pass.Shares.Sizes);
        string neutral = CLiteral.Of(pass.Result.Kind.NeutralElement(), program.IsDouble);
        var arguments = Arguments(expressions, pass, usesSlots: false).Add(new($"workers:{pass.Source.Name}", "lg_i64 workers"));
        _writer.WriteLine($"/* {Words(pass.Source.Nest.Outline)}: the sums of the workers */");
        using (_writer.WriteBlock(Header(pass.Name, "256", arguments)))
        using (_writer.WriteBlock($"for (lg_i64 element = LG_THREAD; element < {size}; element += LG_THREADS)"))
        {
            _writer.WriteLine($"lg_pair total = lg_pair_of({neutral});");
            using (_writer.WriteBlock("for (lg_i64 worker = 0; worker < workers; worker++)"))
            {
                string share = $"{shares}[{pass.Source.Name}_LANES > 1 ? worker * ({size}) + element : worker + workers * element]";
                _writer.WriteLine($"total = lg_pair_combine_{kind}(total, {(isPair ? share : $"lg_pair_of({share})")});");
            }

            _writer.WriteLine($"{result}[element] = lg_value(total);");
        }

        return arguments;
    }

    private ImmutableArray<GpuArgument> PrintSort(SortPass pass)
    {
        var names = new CNames();
        var expressions = new CExpressionPrinter(program.IsDouble, isWide: false, names);
        expressions.Buffers.UnionWith(new[] { pass.Sort.Keys, pass.Sort.Positions });
        string call = $"lg_sort({names[pass.Sort.Keys.Name]}, 1, {names[pass.Sort.Positions.Name]}, 1, {expressions.Print(pass.Sort.Count)});";
        ImmutableArray<GpuArgument> arguments = Arguments(expressions, pass, usesSlots: false);
        using (_writer.WriteBlock(Header(pass.Name, "256", arguments))) _writer.WriteLine($"if (LG_THREAD == 0) {call}");
        return arguments;
    }

    /// <summary>Arrays, none of which overlaps another that is written, then scalars and partial results, then sizes and int parameters.</summary>
    private ImmutableArray<GpuArgument> Arguments(CExpressionPrinter expressions, GpuPass pass, bool usesSlots)
    {
        var arguments = ImmutableArray.CreateBuilder<GpuArgument>();
        HashSet<KernelBuffer> written = new(pass switch
        {
            NestPass nest => KernelEffects.Of(nest.Nest.Body).Written,
            ArrayMergePass merge => [merge.Result.Array!],
            SortPass sort => [sort.Sort.Positions],
            _ => [],
        });
        if (pass is NestPass { Nest.Body: var body }) written.UnionWith(Sorted(body));
        foreach (KernelBuffer buffer in expressions.Buffers.OrderBy(b => b.Kind).ThenBy(b => b.Index))
        {
            string type = expressions.HoldsPairs(buffer) ? "lg_pair" : CTypes.Element(buffer.Element);

            // What is written may be exchanged between threads, behind barriers that a compiler need not see where a pointer is said to be the only one.
            string qualified = written.Contains(buffer) ? $"{type}*" : $"const {type}* LG_R";
            arguments.Add(new(PlanName(buffer, pass), $"LG_G {qualified} {expressions.Name(buffer.Name)}"));
        }

        if (usesSlots) arguments.Add(new("slots", $"LG_G {(pass is ScalarPass ? "" : "const ")}lgw_real* slots"));
        if (pass is NestPass { Scalars.IsEmpty: false }) arguments.Add(new($"partials:{pass.Name}", "LG_G lg_pair* partials"));

        // What the prologue of a nest divides by has not been printed yet.
        if (pass is NestPass { Mapping.Lanes: not null } scratch)
        {
            foreach (KernelBuffer buffer in scratch.Nest.Scratch) _ = expressions.Product(buffer.Sizes);
        }

        foreach (Axis axis in expressions.Sizes.OrderBy(a => a.Index)) arguments.Add(new($"size:{axis.Name}", $"lg_i64 {expressions.Name(CSharp.Names.Size(axis))}"));
        foreach (ScalarParameter parameter in expressions.Integers.OrderBy(p => p.Index)) arguments.Add(new($"integer:{parameter.Name}", $"lg_i64 {expressions.Name(parameter.Name)}"));
        return arguments.ToImmutable();
    }

    private static IEnumerable<KernelBuffer> Sorted(ImmutableArray<KernelStatement> body) =>
        body.SelectMany(s => s is SortRow sort ? [sort.Positions.Buffer] : s.Blocks().SelectMany(Sorted));

    /// <summary>How the plan names an array; those of a nest's own belong to its pass.</summary>
    public static string PlanName(KernelBuffer buffer, GpuPass pass) => buffer.Kind == BufferKind.Scratch
        ? $"scratch:{((pass as ArrayMergePass)?.Source ?? pass).Name}.{buffer.Name}"
        : $"{(buffer.Kind == BufferKind.Tensor ? "tensor" : "workspace")}:{buffer.Name}";

    private static string Header(string name, string group, IEnumerable<GpuArgument> arguments) =>
        $"LG_KERNEL({group}) {name}({string.Join(", ", arguments.Select(a => a.Text))})";

    private static string Words(string text) => text.Replace("*/", "* /");
}
