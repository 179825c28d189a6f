using LossGen.Gpu.Plans;

namespace LossGen.Gpu;

/// <summary>A loss on one device.</summary>
/// <example>
/// <code>
/// GpuLoss mse = device.Load(Losses.MseProgram);
/// float value = mse.Gradient(queue, new() { ["x"] = x, ["y"] = y, ["xGradient"] = gradient })["loss"];
/// </code>
/// </example>
public sealed class GpuLoss
{
    private readonly Lazy<(LaunchPlan Plan, string Source)> _value;
    private readonly Lazy<(LaunchPlan Plan, string Source)> _gradient;
    private readonly Lazy<(LaunchPlan Plan, string Source)> _curvature;

    internal GpuLoss(GpuDevice device, LossProgram program, HalfFormat half)
    {
        if (program.ValueKernels is not { } value || program.GradientKernels is not { } gradient)
            throw new NotSupportedException($"{program.Name} was compiled without kernels for devices.");
        Device = device;
        Program = program;
        Half = half;
        _value = new(() => Read(value));
        _gradient = new(() => Read(gradient));
        _curvature = new(() => Read(program.CurvatureKernels ?? throw new NotSupportedException($"{program.Name} was declared without Curvature = true.")));
        if (_value.Value.Plan.IsDouble && !device.HasDouble) throw new NotSupportedException($"{program.Name} is computed in float64, which {device.Name} does not have.");
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>The loss.</summary>
    public LossProgram Program { get; }

    /// <summary>What the 16 bits of tensors that are declared <see cref="System.Half"/> mean.</summary>
    public HalfFormat Half { get; }

    /// <summary>The text that the device's compiler gets for the value, prelude included.</summary>
    public string ValueSource => _value.Value.Source;

    /// <summary>The text that the device's compiler gets for value and gradients, prelude included.</summary>
    public string GradientSource => _gradient.Value.Source;

    /// <summary>The text that the device's compiler gets for value, gradients and second derivatives, prelude included.</summary>
    /// <exception cref="NotSupportedException">The loss was declared without <c>Curvature = true</c>.</exception>
    public string CurvatureSource => _curvature.Value.Source;

    /// <summary>Computes the loss and waits for it.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The loss as <c>loss</c>, and its parts.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an argument is missing, of another type or written twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index from data is out of range.</exception>
    /// <exception cref="GpuException">The device's compiler or driver failed.</exception>
    public GpuResults Value(GpuQueue queue, GpuArguments arguments) => Run(PrepareValue(queue, arguments));

    /// <summary>Computes the loss and its gradients and waits for them. Gradients are overwritten.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments, with a buffer for each gradient.</param>
    /// <returns>The loss as <c>loss</c>, its parts, and gradients by scalars.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an argument is missing, of another type or written twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index from data is out of range.</exception>
    /// <exception cref="GpuException">The device's compiler or driver failed.</exception>
    public GpuResults Gradient(GpuQueue queue, GpuArguments arguments) => Run(PrepareGradient(queue, arguments));

    /// <summary>Computes the loss, its gradients and its second derivatives by each element, and waits for them. Outputs are overwritten.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments, with a buffer for each gradient and, as <c>…Curvature</c>, for each second derivative.</param>
    /// <returns>The loss as <c>loss</c>, its parts, and derivatives by scalars.</returns>
    /// <exception cref="NotSupportedException">The loss was declared without <c>Curvature = true</c>.</exception>
    /// <exception cref="ArgumentException">A length does not fit, or an argument is missing, of another type or written twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index from data is out of range.</exception>
    /// <exception cref="GpuException">The device's compiler or driver failed.</exception>
    public GpuResults Curvature(GpuQueue queue, GpuArguments arguments) => Run(PrepareCurvature(queue, arguments));

    /// <summary>Compiles and allocates what <see cref="Value"/> needs, without running anything.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The call, to be disposed.</returns>
    public GpuCall PrepareValue(GpuQueue queue, GpuArguments arguments) => Prepare(_value.Value, queue, arguments);

    /// <summary>Compiles and allocates what <see cref="Gradient"/> needs, without running anything.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments, with a buffer for each gradient.</param>
    /// <returns>The call, to be disposed.</returns>
    public GpuCall PrepareGradient(GpuQueue queue, GpuArguments arguments) => Prepare(_gradient.Value, queue, arguments);

    /// <summary>Compiles and allocates what <see cref="Curvature"/> needs, without running anything.</summary>
    /// <param name="queue">The queue to run in.</param>
    /// <param name="arguments">The arguments, with a buffer for each derivative.</param>
    /// <returns>The call, to be disposed.</returns>
    /// <exception cref="NotSupportedException">The loss was declared without <c>Curvature = true</c>.</exception>
    public GpuCall PrepareCurvature(GpuQueue queue, GpuArguments arguments) => Prepare(_curvature.Value, queue, arguments);

    private GpuCall Prepare((LaunchPlan Plan, string Source) entry, GpuQueue queue, GpuArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(arguments);
        if (queue.Device != Device) throw new ArgumentException("The queue is one of another device.", nameof(queue));
        return new GpuCall(queue, entry.Plan, entry.Source, arguments);
    }

    private static GpuResults Run(GpuCall call)
    {
        using (call)
        {
            call.Enqueue();
            return call.Wait();
        }
    }

    private (LaunchPlan Plan, string Source) Read(DeviceKernels kernels)
    {
        LaunchPlan plan = LaunchPlan.Parse(kernels.Plan);
        string source = (Device.HasDouble ? "" : "#define LG_SINGLE_ONLY\n") + Prelude.With(kernels.Source, plan.IsDouble);
        if (Half == HalfFormat.Ieee) return (plan, source);
        return (plan with { Tensors = [.. plan.Tensors.Select(t => t.Element == "f16" ? t with { Element = "bf16" } : t)] }, "#define LG_BFLOAT16\n" + source);
    }
}
