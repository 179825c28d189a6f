using LossGen.Gpu;
using LossGen.Gpu.Plans;
using LossGen.Tool.Assemblies;

namespace LossGen.Tool.Export;

/// <summary>The kernels of a loss, value and derivatives, as one text that compiles by itself.</summary>
internal static class KernelText
{
    public static string Of(FoundLoss loss, Dialect dialect, string planFile)
    {
        LossProgram program = loss.Program!;
        string head = $"""
            /*
             * {loss.FullName} in {dialect.Title}, by LossGen {LossAssembly.ToolVersion}. {planFile} says what to launch.
             * Compile it without fast math: sums keep what they lose, and an option that reorders additions drops that.
             * nvcc and NVRTC need -fmad=false as well: the text says itself where a product and a sum are one operation.
             */

            """.ReplaceLineEndings("\n");
        IEnumerable<string> kernels = new[] { program.ValueKernels, program.GradientKernels, program.CurvatureKernels }.OfType<DeviceKernels>().Select(k => k.Source);
        return head + Prelude.With(string.Join("\n", kernels), LaunchPlan.Parse(program.ValueKernels!.Plan).IsDouble) + "\n";
    }
}
