using Digits;
using Digits.Classification;
using LossGen.Gpu;
using Reports.History;

namespace GpuTraining.Losses;

/// <summary>The kernels of the same loss, on a device.</summary>
/// <param name="device">The device.</param>
public sealed class DeviceLoss(GpuDevice device) : IScoreLoss, IDisposable
{
    private readonly GpuQueue queue = device.CreateQueue();
    private readonly GpuLoss loss = device.Load(DigitLoss.SmoothedFocalProgram);
    private readonly Dictionary<int, Batch> batches = [];

    /// <inheritdoc/>
    public LossValue Gradient(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        // What a size needs is compiled, allocated and bound once.
        if (!batches.TryGetValue(labels.Length, out Batch? batch))
            batches.Add(labels.Length, batch = new Batch(queue, loss, labels.Length));
        return batch.Run(queue, scores, labels, gradient);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Batch batch in batches.Values)
            batch.Dispose();
        queue.Dispose();
    }

    /// <summary>Memory on the device for batches of one size, and the call that works on it.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly GpuBuffer<float> scores, gradient;
        private readonly GpuBuffer<int> labels;
        private readonly GpuCall call;

        public Batch(GpuQueue queue, GpuLoss loss, int count)
        {
            scores = new(queue.Device, count * DigitSet.Classes);
            gradient = new(queue.Device, count * DigitSet.Classes);
            labels = new(queue.Device, count);
            call = loss.PrepareGradient(queue, new()
            {
                ["z"] = scores, ["label"] = labels, ["zGradient"] = gradient,
                ["smoothing"] = DigitClassifier.Smoothing, ["gamma"] = DigitClassifier.Gamma, ["weight"] = DigitClassifier.FocalWeight,
            });
        }

        public LossValue Run(GpuQueue queue, ReadOnlySpan<float> z, ReadOnlySpan<int> label, Span<float> zGradient)
        {
            scores.Write(queue, z);
            labels.Write(queue, label);
            call.Enqueue();
            GpuResults results = call.Wait();
            gradient.Read(queue, zGradient);
            return new LossValue(results["loss"], results["cross"], results["focal"]);
        }

        public void Dispose()
        {
            call.Dispose();
            scores.Dispose();
            labels.Dispose();
            gradient.Dispose();
        }
    }
}
