/** How an npm package lays out ABI and creation bytecode. */
export type ArtifactFormat = 'solcJson' | 'foundry' | 'balancerBytecode' | 'runtimeOnly' | 'viemConstant'

/** One contract taken from an npm package. */
export interface VendoredSource {
  /** Artifact name: the file name under `artifacts/` and the argument of `loadArtifact`. */
  name: string
  package: string
  version: string
  /** Path inside the package. */
  path: string
  /** SPDX identifier of the contract's own source, which may differ from the package's. */
  licence: string
  format?: ArtifactFormat
}

interface PackageSource {
  package: string
  version: string
  licence: string
  folder?: string
  format?: ArtifactFormat
  /** Artifact name to path below `folder`. */
  contracts: Record<string, string>
}

const hardhat = (path: string) => `${path}.sol/${path.split('/').at(-1)}.json`

const packages: PackageSource[] = [
  {
    package: 'canonical-weth',
    version: '1.4.0',
    licence: 'GPL-3.0-or-later',
    contracts: { WETH9: 'build/contracts/WETH9.json' },
  },
  {
    package: 'viem',
    version: '2.57.20',
    licence: 'MIT',
    format: 'viemConstant',
    contracts: { Multicall3: '_esm/constants/contracts.js#multicall3Bytecode' },
  },
  {
    package: '@1inch/solidity-utils',
    version: '6.9.16',
    licence: 'MIT',
    format: 'runtimeOnly',
    contracts: { Permit2: 'dist/src/permit2.json' },
  },
  {
    package: '@uniswap/v2-core',
    version: '1.0.1',
    licence: 'GPL-3.0-or-later',
    contracts: { UniswapV2Factory: 'build/UniswapV2Factory.json' },
  },
  {
    package: '@uniswap/v2-periphery',
    version: '1.1.0-beta.0',
    licence: 'GPL-3.0-or-later',
    contracts: { UniswapV2Router02: 'build/UniswapV2Router02.json' },
  },
  {
    package: '@uniswap/v3-core',
    version: '1.0.1',
    licence: 'BUSL-1.1',
    folder: 'artifacts/contracts',
    contracts: { UniswapV3Factory: hardhat('UniswapV3Factory') },
  },
  {
    package: '@uniswap/v3-periphery',
    version: '1.4.4',
    licence: 'GPL-2.0-or-later',
    folder: 'artifacts/contracts',
    contracts: {
      NonfungiblePositionManager: hardhat('NonfungiblePositionManager'),
      QuoterV2: hardhat('lens/QuoterV2'),
      TickLens: hardhat('lens/TickLens'),
    },
  },
  {
    package: '@uniswap/swap-router-contracts',
    version: '1.3.1',
    licence: 'GPL-2.0-or-later',
    folder: 'artifacts/contracts',
    contracts: { SwapRouter02: hardhat('SwapRouter02') },
  },
  {
    package: '@uniswap/v4-periphery',
    version: '1.0.3',
    licence: 'BUSL-1.1',
    folder: 'foundry-out',
    format: 'foundry',
    contracts: { PoolManager: 'PoolManager.sol/PoolManager.default.json' },
  },
  {
    package: '@uniswap/v4-periphery',
    version: '1.0.3',
    licence: 'MIT',
    folder: 'foundry-out',
    format: 'foundry',
    contracts: {
      PositionManager: hardhat('PositionManager'),
      V4Quoter: hardhat('V4Quoter'),
      StateView: hardhat('StateView'),
    },
  },
  {
    package: '@uniswap/universal-router',
    version: '2.1.0',
    licence: 'GPL-3.0-or-later',
    folder: 'artifacts/contracts',
    contracts: { UniversalRouter: hardhat('UniversalRouter') },
  },
  {
    package: '@balancer-labs/v2-deployments',
    version: '3.2.0',
    licence: 'GPL-3.0-or-later',
    folder: 'dist/tasks',
    contracts: { BalancerVault: '20210418-vault/artifact/Vault.json' },
  },
  {
    package: '@balancer-labs/v2-deployments',
    version: '3.2.0',
    licence: 'GPL-3.0-or-later',
    folder: 'dist/tasks',
    format: 'balancerBytecode',
    contracts: { BalancerStablePool: 'deprecated/20210624-stable-pool/bytecode/StablePool.json' },
  },
  {
    package: '@ensdomains/ens',
    version: '0.6.2',
    licence: 'BSD-2-Clause',
    folder: 'build/contracts',
    contracts: { ENSRegistry: 'ENSRegistry.json', ReverseRegistrar: 'ReverseRegistrar.json' },
  },
  {
    package: '@ensdomains/resolver',
    version: '0.3.1',
    licence: 'BSD-2-Clause',
    folder: 'build/contracts',
    contracts: { PublicResolver: 'PublicResolver.json' },
  },
  {
    package: '@tokenysolutions/t-rex',
    version: '4.1.6',
    licence: 'GPL-3.0-only',
    folder: 'artifacts/contracts',
    contracts: {
      TrexToken: hardhat('token/Token'),
      TrustedIssuersRegistry: hardhat('registry/implementation/TrustedIssuersRegistry'),
      IdentityRegistry: hardhat('registry/implementation/IdentityRegistry'),
      ClaimTopicsRegistry: hardhat('registry/implementation/ClaimTopicsRegistry'),
      IdentityRegistryStorage: hardhat('registry/implementation/IdentityRegistryStorage'),
      ModularCompliance: hardhat('compliance/modular/ModularCompliance'),
      TREXImplementationAuthority: hardhat('proxy/authority/TREXImplementationAuthority'),
      TokenProxy: hardhat('proxy/TokenProxy'),
      IdentityRegistryProxy: hardhat('proxy/IdentityRegistryProxy'),
      ModularComplianceProxy: hardhat('proxy/ModularComplianceProxy'),
      ClaimTopicsRegistryProxy: hardhat('proxy/ClaimTopicsRegistryProxy'),
      TrustedIssuersRegistryProxy: hardhat('proxy/TrustedIssuersRegistryProxy'),
      IdentityRegistryStorageProxy: hardhat('proxy/IdentityRegistryStorageProxy'),
    },
  },
  {
    package: '@onchain-id/solidity',
    version: '2.2.1',
    licence: 'GPL-3.0-only',
    folder: 'artifacts/contracts',
    contracts: {
      Identity: hardhat('Identity'),
      ClaimIssuer: hardhat('ClaimIssuer'),
      IdentityImplementationAuthority: hardhat('proxy/ImplementationAuthority'),
      IdentityProxy: hardhat('proxy/IdentityProxy'),
    },
  },
]

/** Every contract whose bytecode comes ready-made from an npm package. */
export const vendoredSources: VendoredSource[] = packages.flatMap(
  ({ contracts, folder, package: packageName, version, licence, format }) =>
    Object.entries(contracts).map(([name, path]) => ({
      name,
      package: packageName,
      version,
      path: folder === undefined ? path : `${folder}/${path}`,
      licence,
      ...(format === undefined ? {} : { format }),
    })),
)

/** The compiler, and one job for each set of library versions that our own sources are built against. */
export const compilerPackage = { package: 'solc', version: '0.8.30' }

/** One run of the compiler over a folder of `devnet/contracts`. */
export interface CompileJob {
  /** Folder below `devnet/contracts`; its direct `.sol` files are compiled. */
  folder: string
  viaIR: boolean
  optimizerRuns: number
  /** Import prefix to package. */
  libraries: Record<string, { package: string; version: string }>
  /** SPDX identifier recorded for the artifacts. */
  licence: string
}

export const compileJobs: CompileJob[] = [
  {
    folder: '.',
    viaIR: false,
    optimizerRuns: 200,
    libraries: { '@openzeppelin/contracts/': { package: '@openzeppelin/contracts', version: '5.7.0' } },
    licence: 'Apache-2.0',
  },
  {
    folder: 'oneinch',
    viaIR: true,
    optimizerRuns: 1_000_000,
    libraries: {
      '@openzeppelin/contracts/': { package: '@openzeppelin/contracts', version: '5.1.0' },
      '@1inch/solidity-utils/': { package: '@1inch/solidity-utils', version: '6.6.0' },
      '@1inch/limit-order-protocol-contract/': {
        package: '@1inch/limit-order-protocol-contract',
        version: '4.3.3',
      },
    },
    licence: 'MIT',
  },
]
