namespace LossGen.Compiler.Ir;

/// <summary>A formula expands beyond what the compiler is willing to handle; reported as a diagnostic.</summary>
internal sealed class FormulaTooLargeException(string reason) : Exception(reason);
