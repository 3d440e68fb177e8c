namespace Dlcs.Write.Bodies;

/// <summary>What is wrong with a field of a body.</summary>
/// <param name="Field">As the client writes it.</param>
/// <param name="Reason">Goes on where the field's name ends: <c>must be a string</c>.</param>
public sealed record Fault(string Field, string Reason)
{
    public override string ToString() => $"{Field} {Reason}";
}
