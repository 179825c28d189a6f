namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Tensor spans: views with lengths and strides of their own, which the runtime copies where they are not dense.</summary>
internal sealed partial class EntryPrinter
{
    private readonly Dictionary<string, string> _views = new(StringComparer.Ordinal);

    /// <summary>The local that views a tensor span.</summary>
    private string View(EntrySpan span)
    {
        if (!_views.TryGetValue(span.Name, out string view)) _views[span.Name] = view = Unique(span.Name + "View");
        return view;
    }

    /// <summary>The first element as kernels see it.</summary>
    private string Origin(EntrySpan span) =>
        span.IsStrided ? View(span) + ".Origin" : $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({Escape(span.Name)})";

    private void WriteViews(SourceWriter writer)
    {
        foreach (EntrySpan span in Read.Concat(Written).Where(s => s.IsStrided))
        {
            string type = $"{Names.Runtime}.TensorView<{CSharpTypes.Name(span.Shape.Element)}>", name = Escape(span.Name);
            writer.WriteLine($"scoped {type} {View(span)} = new(ref {Names.Unsafe}.AsRef(in {name}.GetPinnableReference()), {name}.Lengths, {name}.Strides);");
        }
    }

    private void WriteLoads(SourceWriter writer)
    {
        foreach (EntrySpan span in Read.Where(s => s.IsStrided)) writer.WriteLine($"{View(span)}.Load();");
        foreach (EntrySpan span in Written.Where(s => s.IsStrided)) writer.WriteLine($"{View(span)}.Reserve();");
    }

    private void WriteStores(SourceWriter writer)
    {
        foreach (EntrySpan span in Written.Where(s => s.IsStrided)) writer.WriteLine($"{View(span)}.Store();");
    }

    private void WriteDisposals(SourceWriter writer)
    {
        foreach (EntrySpan span in Read.Concat(Written).Where(s => s.IsStrided)) writer.WriteLine($"{View(span)}.Dispose();");
    }

    private void WriteRankCheck(SourceWriter writer, EntrySpan span)
    {
        int rank = span.Shape.Axes.Length;
        string axes = string.Join(", ", span.Shape.Axes.Select(a => a.Name));
        writer.WriteLine($"if ({Escape(span.Name)}.Rank != {Number(rank)}) {Checks}.Rank({Utf8(span.Name)}, {Escape(span.Name)}.Rank, {Number(rank)}, {Utf8(axes)});");
    }

    /// <summary>The lengths of a tensor span but the one that has given its axis the size.</summary>
    private void WriteDimensionChecks(SourceWriter writer, EntrySpan span, Func<int, bool> isGiven)
    {
        for (int k = 0; k < span.Shape.Axes.Length; k++)
        {
            if (isGiven(k)) continue;
            string length = $"{Escape(span.Name)}.Lengths[{Number(k)}]", size = _expressions.Offset(new Kernels.IntegerForm(span.Shape.Axes[k].Size));
            writer.WriteLine($"if ({length} != {size}) {Checks}.Dimension({Utf8(span.Name)}, {Utf8(span.Shape.Axes[k].Name)}, {length}, {size});");
        }
    }

    /// <summary>Where a span lies, as the arguments of a check: its first element and how many elements its memory spans.</summary>
    private string Extent(EntrySpan span) =>
        span.IsStrided ? $"in {View(span)}.Own, {View(span)}.Extent" : $"in {Origin(span)}, {Escape(span.Name)}.Length";
}
