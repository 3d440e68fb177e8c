using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dlcs.Host.Commands.Adding;

/// <summary>
/// A batch with its pictures' bytes, as base64 in <c>file</c>. It is written while it is read from the disk: however
/// large the pictures are, little of them is in memory.
/// </summary>
internal sealed class BatchContent : HttpContent
{
    private readonly PictureBatch batch;
    private readonly Action<int> sent;

    /// <param name="sent">Told how many pictures of the batch have gone.</param>
    public BatchContent(PictureBatch batch, Action<int> sent)
    {
        (this.batch, this.sent) = (batch, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("@type", "Collection");
        json.WriteStartArray("member");
        foreach (var (i, picture) in batch.Pictures.Index())
        {
            json.WriteStartObject();
            json.WriteString("id", picture.Id);
            json.WriteNumber("space", batch.Space);
            json.WriteString("string1", batch.Book.String1);
            json.WriteString("string2", batch.Book.String2);
            json.WriteString("string3", batch.Book.String3);
            json.WriteNumber("number1", picture.Number);
            json.WritePropertyName("file");
            await Write(json, picture.File, ct);
            json.WriteEndObject();
            sent(i + 1);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static async Task Write(Utf8JsonWriter json, string path, CancellationToken ct)
    {
        await using var file = await Readable(path, () => Task.FromResult(File.OpenRead(path)));
        var buffer = new byte[96 * 1024];
        for (int read; (read = await Readable(path, () => file.ReadAsync(buffer, ct).AsTask())) > 0;)
        {
            json.WriteBase64StringSegment(buffer.AsSpan(0, read), isFinalSegment: false);
            await json.FlushAsync(ct);
        }

        json.WriteBase64StringSegment([], isFinalSegment: true);
    }

    /// <summary>A file that fails is no line that fails: sending it again is of no use.</summary>
    private static async Task<T> Readable<T>(string path, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

/// <param name="Space">Its number.</param>
internal sealed record PictureBatch(int Space, Addition Book, IReadOnlyList<Picture> Pictures);
