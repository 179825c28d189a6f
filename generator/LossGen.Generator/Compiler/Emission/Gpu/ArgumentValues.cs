using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Values without axes that follow from the arguments of a call, for one kernel. No pass computes them for others, which would be a launch:
/// each kernel takes the arguments it needs. Needs: the program. Gives: how a slot is written, and what stands before its uses.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="scalars">The arguments that are no tensors.</param>
/// <param name="names">The names of the kernel.</param>
internal sealed class ArgumentValues(GpuProgram program, ImmutableArray<ScalarParameter> scalars, CNames names)
{
    private readonly HashSet<ScalarParameter> _taken = new();
    private readonly List<ScalarStep> _shared = new();

    /// <summary>A slot as the kernel has it; null where another pass has written it.</summary>
    public string? Print(int slot)
    {
        if (scalars.FirstOrDefault(s => s.Type == ValueType.Real && program.Layout.SlotOf(s) == slot) is { } parameter)
        {
            _taken.Add(parameter);
            return IsUpstream(parameter) ? $"(lgw_real){Name(parameter)}[0]" : Name(parameter);
        }

        if (program.OfArguments.FirstOrDefault(s => s.Slot == slot) is not { } step) return null;
        int at = _shared.IndexOf(step);
        if (at < 0) _shared.Add(step);
        return $"numbers[{CLiteral.Of(at < 0 ? _shared.Count - 1 : at)}]";
    }

    /// <summary>Writes what one lane of each group computes for the others: in the widest type, which is slow on many devices.</summary>
    /// <param name="wide">Prints the steps.</param>
    /// <param name="writer">Where to.</param>
    public void WriteShared(CExpressionPrinter wide, SourceWriter writer)
    {
        if (_shared.Count == 0) return;
        writer.WriteLine($"LG_SHARED lgw_real numbers[{CLiteral.Of(_shared.Count)}];");
        using (writer.WriteBlock("if (LG_LOCAL == 0)"))
        {
            Declare(Behind(_shared.Select(s => s.Value!)).Concat(_shared).Distinct().OrderBy(s => program.OfArguments.IndexOf(s)), wide, writer);
            for (int k = 0; k < _shared.Count; k++)
                writer.WriteLine($"numbers[{CLiteral.Of(k)}] = {(_shared[k].Local!.Type == ValueType.Real ? "" : "(lgw_real)")}{names[_shared[k].Local!.Name]};");
        }

        writer.WriteLine("LG_SYNC;");
    }

    /// <summary>Declares those values that some expressions use.</summary>
    public void WriteUsed(IEnumerable<KernelExpression> uses, CExpressionPrinter wide, SourceWriter writer) => Declare(Behind(uses), wide, writer);

    /// <summary>The arguments that were used.</summary>
    public IEnumerable<GpuArgument> Arguments() => scalars.Where(_taken.Contains).Select(s => IsUpstream(s)
        ? new GpuArgument("upstream", $"LG_G const {(program.IsDouble ? "double" : "float")}* {Name(s)}")
        : new GpuArgument($"real:{s.Name}", $"lgw_real {Name(s)}"));

    /// <summary>Whether it is the derivative of what follows the loss, which may be the result of another kernel.</summary>
    public static bool IsUpstream(ScalarParameter parameter) => parameter.Name == GradientParameters.Upstream;

    /// <summary>The type of a value without axes.</summary>
    public static string TypeOf(ScalarStep step) => step.Local!.Type switch { ValueType.Truth => "int", ValueType.Integer => "lg_i64", _ => "lgw_real" };

    private void Declare(IEnumerable<ScalarStep> steps, CExpressionPrinter wide, SourceWriter writer)
    {
        foreach (ScalarStep step in steps) writer.WriteLine($"const {TypeOf(step)} {names[step.Local!.Name]} = {NodePrinter.Strip(wide.Print(step.Value!))};");
    }

    // In their order.
    private IEnumerable<ScalarStep> Behind(IEnumerable<KernelExpression> uses)
    {
        HashSet<KernelLocal> used = new(uses.SelectMany(u => u.Everything()).OfType<LocalValue>().Select(v => v.Local));
        foreach (ScalarStep step in program.OfArguments.Reverse().Where(s => used.Contains(s.Local!)))
            used.UnionWith(step.Value!.Everything().OfType<LocalValue>().Select(v => v.Local));
        return program.OfArguments.Where(s => used.Contains(s.Local!));
    }

    // In a nest a local may have the parameter's own name.
    private string Name(ScalarParameter parameter) => names.Own(parameter.Name + "_argument");
}
