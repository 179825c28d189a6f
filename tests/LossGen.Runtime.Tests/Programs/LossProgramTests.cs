using Xunit;

namespace LossGen.Runtime.Tests.Programs;

public sealed class LossProgramTests
{
    [Fact]
    public void Tells_the_loss_and_cannot_be_changed()
    {
        LossProgramParameter[] parameters = [new("x", "ReadOnlySpan<float>", "n, c"), new("weight", "float")];
        LossProgram program = new("Half", "0.5 * mean(x)", parameters, [new("x", "0.5 / size(n)")]) { Properties = ["linear in x"] };
        parameters[0] = parameters[1];

        Assert.Equal("0.5 * mean(x)", program.ToString());
        Assert.Equal("Half", program.Name);
        Assert.Equal("[n, c] ReadOnlySpan<float> x", program.Parameters[0].ToString());
        Assert.Equal("float weight", program.Parameters[1].ToString());
        Assert.Equal(("x", "0.5 / size(n)"), (program.Gradients[0].Parameter, program.Gradients[0].Formula));
        Assert.Equal(["linear in x"], program.Properties);
        Assert.Throws<NotSupportedException>(() => ((IList<LossProgramParameter>)program.Parameters).Clear());
    }
}
