using Dlcs.Kernel.Events;

namespace Dlcs.Write.Images;

/// <summary>The delivery channels that there are, and what their policies hold.</summary>
public static class Channels
{
    private const string Image = "iiif-img";
    private const string Thumbs = "thumbs";
    private const string Default = "default";

    private static readonly IReadOnlyList<string> Sizes = ["!1024,1024", "!400,400", "!200,200", "!100,100"];

    /// <summary>What an image gets that asks for nothing.</summary>
    public static IReadOnlyList<DeliveryChannel> Defaults { get; } = [new(Image, Default), new(Thumbs, Default, Sizes)];

    /// <returns>What is wrong with them; <c>null</c> for nothing.</returns>
    public static string? Fault(IReadOnlyList<ChannelBody> channels)
    {
        if (channels is []) return "must not be empty: leave it out to get the defaults";
        if (channels is [{ Channel: Default }]) return null;
        if (channels.GroupBy(c => c.Channel).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            return $"holds the channel {twice} twice";
        return channels.Select(Fault).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>With what the policies hold now. They must be without fault.</summary>
    public static IReadOnlyList<DeliveryChannel> Resolve(IReadOnlyList<ChannelBody> channels) =>
        channels is [{ Channel: Default }]
            ? Defaults
            : [.. channels.Select(c => Defaults.Single(d => d.Channel == c.Channel))];

    private static string? Fault(ChannelBody channel) => channel switch
    {
        { Channel: Default } => "must hold the channel default alone",
        { Channel: Image or Thumbs, Policy: null or Default } => null,
        { Channel: Image or Thumbs } =>
            $"asks for the policy {channel.Policy} of {channel.Channel}, which does not exist yet: use default",
        { Channel: "iiif-av" or "file" or "none" } =>
            $"asks for the channel {channel.Channel}, which is not supported yet",
        _ => $"must hold iiif-img or thumbs, not {channel.Channel}",
    };
}
