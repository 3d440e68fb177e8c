return await Dlcs.Host.Commands.CommandTree.Run(args);
