using Dlcs.Write.Batches;
using Dlcs.Write.Bodies;
using Dlcs.Write.Customers;
using Dlcs.Write.Images;
using Dlcs.Write.Keys;
using Dlcs.Write.NamedQueries;
using Dlcs.Write.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write;

/// <summary>Where the commands are on the API's host.</summary>
public static class WriteRoutes
{
    public static void MapWrite(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").AddEndpointFilter(Refusing.Filter);
        CreateCustomerEndpoint.Map(customers);

        var customer = api.MapGroup("/customers/{customer:int:min(1)}")
            .AddEndpointFilter(KnownCustomers.Filter).AddEndpointFilter(Refusing.Filter);
        RenameCustomerEndpoint.Map(customer);
        SubmitBatchEndpoint.Map(customer.MapGroup("/queue"));

        var keys = customer.MapGroup("/keys");
        IssueKeyEndpoint.Map(keys);
        RevokeKeyEndpoint.Map(keys);

        var queries = customer.MapGroup("/namedQueries");
        DefineNamedQueryEndpoint.Map(queries);
        ChangeNamedQueryEndpoint.Map(queries.MapGroup("/{id:guid}"));
        RemoveNamedQueryEndpoint.Map(queries.MapGroup("/{id:guid}"));

        var spaces = customer.MapGroup("/spaces");
        CreateSpaceEndpoint.Map(spaces);

        var space = spaces.MapGroup("/{space:int:min(0)}");
        PutSpaceEndpoint.Map(space);
        ChangeSpaceEndpoint.Map(space);
        DeleteSpaceEndpoint.Map(space);

        var image = space.MapGroup("/images/{image}");
        RegisterImageEndpoint.Map(image);
        DescribeImageEndpoint.Map(image);
        ReprocessImageEndpoint.Map(image);
        DeleteImageEndpoint.Map(image);
    }
}
