using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.NamedQueries;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>What manifests need to know beside images. Host wires it to the views and the settings.</summary>
public sealed record Lookups(
    FindCustomer Customer, FindPosition Position, FindSpace Space, FindNamedQuery NamedQuery, FindAddresses Addresses);

/// <summary>The customer of that id or name; <c>null</c> when there is none.</summary>
public delegate Task<int?> FindCustomer(string idOrName, CancellationToken ct);

/// <summary>Where in the log a past is.</summary>
public delegate Task<Position> FindPosition(AsOf past, CancellationToken ct);

/// <summary>The customer's space of that name, now or as of a position; <c>null</c> when there is none.</summary>
public delegate Task<int?> FindSpace(int customer, string name, Position? asOf, CancellationToken ct);

/// <summary>
/// The customer's own named query of that name, else the global one, now or as of a position; <c>null</c> when there
/// is neither.
/// </summary>
public delegate Task<NamedQueryView?> FindNamedQuery(int customer, string name, Position? asOf, CancellationToken ct);

/// <summary>Where the two hosts are, as this client is to see them.</summary>
public delegate Addresses FindAddresses(HttpRequest request);

/// <summary>What all ids begin with, without a slash at the end.</summary>
/// <param name="Public">Of the IIIF host: <c>https://dlcs.example</c>.</param>
/// <param name="Api">Of the API's host; roles are named by it.</param>
public sealed record Addresses(string Public, string Api);
