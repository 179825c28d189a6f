using LossGen.Gpu;
using LossGen.Tool.Assemblies;

namespace LossGen.Tool.Export;

/// <summary>The kernels of a loss, value and gradient, as one text that compiles by itself.</summary>
internal static class KernelText
{
    public static string Of(FoundLoss loss, Dialect dialect, string planFile, bool isDouble)
    {
        LossProgram program = loss.Program!;
        string head = $"""
            /*
             * {loss.FullName} in {dialect.Title}, by LossGen {LossAssembly.ToolVersion}. {planFile} says what to launch.
             * Compile it without fast math: sums keep what they lose, and an option that reorders additions drops that.
             */

            """.ReplaceLineEndings("\n");
        return head + Prelude.With(program.ValueKernels!.Source + "\n" + program.GradientKernels!.Source, isDouble) + "\n";
    }
}
