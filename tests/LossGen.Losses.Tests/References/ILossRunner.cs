using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.References;

/// <summary>Runs overloads with the arguments of a case; outputs are filled with NaN before.</summary>
internal interface ILossRunner
{
    LossResults Value(DeclaredLoss loss, ReferenceCase arguments);

    /// <summary>Value and gradients; without an upstream, with its default.</summary>
    LossResults Gradient(DeclaredLoss loss, ReferenceCase arguments, params double[] upstream);
}
