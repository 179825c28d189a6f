using System.Numerics.Tensors;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>The Python runner computes what the CPU's methods compute.</summary>
public sealed class PythonRunnerTests(ExportFolder folder) : IClassFixture<ExportFolder>
{
    [PythonFact]
    public void Value_parts_and_gradient()
    {
        // So many that there are several groups, in a file as they would be too long for a command line.
        float[] logits = Wave(70_001), gradient = new float[logits.Length];
        byte[] mask = [.. Enumerable.Range(0, logits.Length).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];
        float loss = ExportedLosses.DiceBceGradient(logits, mask, gradient, out float dice, out float bce, 0.5f, 2f, 3f);
        string[] arguments = ["logits=" + Saved("logits", Python.List(logits)), "mask=" + Saved("mask", Python.List(mask)), "weight=0.5", "smooth=2"];

        ToolRun run = Python.Loss(folder, "ExportedLosses.DiceBce", [.. arguments, "upstream=3"]);
        Python.Close([loss], run, "loss");
        Python.Close([dice], run, "dice");
        Python.Close([bce], run, "bce");
        Python.Close(gradient.Select(g => (double)g), run, "logitsGradient");

        ToolRun value = Python.Loss(folder, "ExportedLosses.DiceBce", [.. arguments, "--value"]);
        Python.Close([loss], value, "loss");
        Assert.DoesNotContain("Gradient", value.Output, StringComparison.Ordinal);
    }

    [PythonFact]
    public void Double_with_an_int_argument_and_a_gradient_that_is_a_number()
    {
        const int K = 3, N = 700;
        double[] x = [.. Wave(N * K).Select(v => (double)v)], w = [0.3, -0.2, 0.7], wGradient = new double[K];
        bool[] y = [.. Enumerable.Range(0, N).Select(i => i % 3 == 1)];
        double loss = ExportedLosses.LogisticGradient(x, w, y, wGradient, out double bGradient, 0.1, K, 0.05);
        ToolRun run = Python.Loss(folder, "ExportedLosses.Logistic", "x=" + Saved("x", Python.List(x, K)), "w=" + Python.List(w), "y=" + Saved("y", Python.List(y.Select(v => v ? 1 : 0))), "b=0.1", "k=3", "ridge=0.05");
        Python.Close([loss], run, "loss");
        Python.Close([bGradient], run, "bGradient");
        Python.Close(wGradient, run, "wGradient");
    }

    [PythonFact]
    public void Half_and_a_result_with_axes()
    {
        const int N = 5, T = 7;
        Half[] x = [.. Wave(N * T).Select(v => (Half)v)], xGradient = new Half[N * T];
        float[] y = [.. Enumerable.Range(0, N * T).Select(i => 0.01f * i)], result = new float[N * T], upstream = [.. Enumerable.Range(0, N * T).Select(i => 1f + (i % 4))];
        ExportedLosses.DriftGradient(x, y, result, xGradient, N, upstream);
        ToolRun run = Python.Loss(folder, "ExportedLosses.Drift", "x=" + Python.List(x.Select(v => (float)v), T), "y=" + Python.List(y, T), "n=5", "upstream=" + Python.List(upstream));
        Python.Close(result.Select(v => (double)v), run, "result");
        Python.Close(xGradient.Select(v => (double)v), run, "xGradient");
    }

    [PythonFact]
    public void A_size_that_only_the_result_tells()
    {
        const int N = 5, C = 4;
        float[] z = Wave(N * C), target = [.. Wave(N * C).Select(v => v * v / 16)], losses = new float[N], gradient = new float[N * C];
        ExportedLosses.OfEachGradient(z, target, losses, gradient, [1, 2, 3, 4, 5]);
        ToolRun run = Python.Loss(folder, "ExportedLosses.OfEach", "z=" + Python.List(z), "target=" + Python.List(target), "losses=5", "upstream=[1,2,3,4,5]");
        Python.Close(losses.Select(v => (double)v), run, "losses");
        Python.Close(gradient.Select(v => (double)v), run, "zGradient");
    }

    [PythonFact]
    public void Second_derivatives()
    {
        float[] z = Wave(300), gradient = new float[300], curvature = new float[300];
        byte[] y = [.. Enumerable.Range(0, 300).Select(i => (byte)(i % 2))];
        float loss = ExportedLosses.BentCurvature(z, y, gradient, curvature);
        ToolRun run = Python.Loss(folder, "ExportedLosses.Bent", "z=" + Python.List(z), "y=" + Python.List(y), "--curvature");
        Python.Close([loss], run, "loss");
        Python.Close(gradient.Select(g => (double)g), run, "zGradient");
        Python.Close(curvature.Select(g => (double)g), run, "zCurvature");
    }

    [PythonFact]
    public void Lengths_of_axes_and_a_size_that_is_computed()
    {
        const int N = 4, W = 9;
        float[] x = Wave(N * W), gradient = new float[N * W];
        float loss = ExportedLosses.PairsGradient(new ReadOnlyTensorSpan<float>(x, [N, W], []), new TensorSpan<float>(gradient, [N, W], []));
        ToolRun run = Python.Loss(folder, "ExportedLosses.Pairs", "x=" + Python.List(x, W));
        Python.Close([loss], run, "loss");
        Python.Close(gradient.Select(g => (double)g), run, "xGradient");
    }

    /// <summary>As on a graphics card: the threads of a group share a row, 32 or all of them.</summary>
    [PythonFact]
    public void Lanes_share_rows()
    {
        foreach (int c in new[] { 33, 1025 })
        {
            float[] z = Wave(6 * c), gradient = new float[z.Length];
            int[] label = [0, 3, 16, 7, 1, 2];
            float loss = ExportedLosses.CrossEntropyGradient(z, label, gradient);
            string script = $"""
                import json, sys
                sys.path.insert(0, {Quoted(Path.GetDirectoryName(folder.Path("x"))!)})
                from lossgen_run import Call, Loss
                loss = Loss({Quoted(folder.Path("ExportedLosses.CrossEntropy.json"))}, {Quoted(Devices.TestDevice.Get().Name)})
                loss.device.is_cpu = False
                call = Call(loss, loss.data["gradient"], dict(z={Python.List(z)}, label={Python.List(label)}))
                assert {(c == 33 ? 32 : 256)} in [lanes for lanes, _, _ in call.shapes.values()], call.shapes
                results = call.run()
                print(json.dumps(dict((name, value if isinstance(value, (float, list)) else value.ravel().tolist()) for name, value in results.items())))
                """;
            ToolRun run = Python.Run([Saved("script", script)]);
            Python.Close([loss], run, "loss");
            Python.Close(gradient.Select(g => (double)g), run, "zGradient");
        }
    }

    [PythonFact]
    public void A_file_of_numpy_is_read_without_it()
    {
        // Version 1.0 of the format: a head of Python text, padded, then the elements.
        byte[] head = System.Text.Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n");
        string file = folder.Path("x.npy");
        File.WriteAllBytes(file, [0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, 0, .. head, .. new[] { 1f, 2f, 4f, -3f }.SelectMany(BitConverter.GetBytes)]);
        ToolRun run = Python.Loss(folder, "Squares.Inner.Distance", "x=" + file, "y=[0,0,0,0]");
        Python.Close([7.5], run, "loss");
        Python.Close([0.5, 1, 2, -1.5], run, "xGradient");
    }

    [PythonFact]
    public void Mistakes_are_one_line()
    {
        foreach ((string loss, string[] arguments, string expected) in new (string, string[], string)[]
        {
            ("ExportedLosses.CrossEntropy", ["z=[1,2,3,4]", "label=[0,2]"], "axis c allows 0 to 1"),
            ("ExportedLosses.CrossEntropy", ["z=[1,2,3]", "label=[0,1]"], "z has 3 elements, expected 2"),
            ("ExportedLosses.CrossEntropy", ["z=[1,2,3,4]"], "expected z, label"),
            ("ExportedLosses.CrossEntropy", ["z=[1,2,3,4]", "label=[0,1]", "width=1"], "width"),
            ("ExportedLosses.CrossEntropy", ["z=[1,2,3,4]", "label=[0,0.5]"], "label is no tensor of i32"),
            ("ExportedLosses.CrossEntropy", ["z=1 2"], "expected name=value"),
            ("ExportedLosses.Drift", ["x=[]", "y=[]", "n=2"], "axis t of x has size 0"),
            ("ExportedLosses.Drift", ["x=[]", "y=[]", "n=1.5"], "expected a whole number"),
            ("ExportedLosses.OfEach", ["z=[1,2]", "target=[0,1]"], "expected z, target, upstream, losses"),
            ("ExportedLosses.Pairs", ["x=[1,2,3]"], "a length for each"),
            ("ExportedLosses.DiceBce", ["logits=[1]", "mask=[1]", "weight=[1]", "smooth=1"], "weight was [1], expected a number"),
            ("Nothing", [], "Nothing.json"),
        })
        {
            ToolRun run = Python.Loss(folder, loss, arguments);
            Assert.True(run.ExitCode == 1, $"{string.Join(' ', arguments)}: {run.Output}{run.Error}");
            Assert.StartsWith("lossgen_run: ", run.Error, StringComparison.Ordinal);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
        }
    }

    private static float[] Wave(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i) * 4)];

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private string Saved(string name, string text)
    {
        string file = folder.Path(name + ".json");
        File.WriteAllText(file, text);
        return file;
    }
}
