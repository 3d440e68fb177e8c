using Dlcs.Host.Commands.Adding;

namespace Dlcs.Unit.Commands;

public sealed class CuttingBatches : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-cut-").FullName;

    [Fact]
    public void keeps_to_the_number_of_members() => Sizes(most: 2, bytes: 1000, 1, 1, 1, 1, 1).ShouldBe([2, 2, 1]);

    [Fact]
    public void keeps_to_the_bytes() => Sizes(most: 100, bytes: 10, 4, 4, 4, 9, 1).ShouldBe([2, 1, 2]);

    [Fact]
    public void sends_what_is_too_large_by_itself() => Sizes(most: 100, bytes: 10, 50, 1, 50).ShouldBe([1, 1, 1]);

    [Fact]
    public void keeps_the_order() =>
        AddFolder.Batches(Pictures(1, 1, 1), 2).SelectMany(b => b).Select(p => p.Number).ShouldBe([1, 2, 3]);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IEnumerable<int> Sizes(int most, long bytes, params int[] lengths) =>
        AddFolder.Batches(Pictures(lengths), most, bytes).Select(b => b.Count);

    private IReadOnlyList<Picture> Pictures(params int[] lengths) => Picture.Name([.. lengths.Select((length, i) =>
    {
        var file = Path.Combine(folder, $"{i}.jpg");
        File.WriteAllBytes(file, new byte[length]);
        return file;
    })], "");
}
