namespace Reports.History;

/// <summary>A loss with its parts.</summary>
/// <param name="Total">The loss that is trained on.</param>
/// <param name="Parts">Its parts, in the order in which the history names them.</param>
public readonly record struct LossValue(double Total, params double[] Parts);
