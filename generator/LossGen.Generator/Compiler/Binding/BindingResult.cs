using LossGen.Compiler.Model;

namespace LossGen.Compiler.Binding;

/// <summary>What binding a loss gives.</summary>
/// <param name="Loss">The bound loss; null exactly when there are errors.</param>
/// <param name="Problems">Errors, warnings and hints.</param>
internal sealed record BindingResult(BoundLoss? Loss, EquatableArray<LossProblem> Problems);
