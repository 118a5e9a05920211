// TfFlow on Azure, for one authority or one study: never both in one resource group, so that neither can read the other.
//
// az deployment group create --resource-group RG --template-file infra/main.bicep --parameters entraClientId=CLIENT_ID origin=council.example/tfflow
//
// What departs from the Well-Architected advice says why beside it.
targetScope = 'resourceGroup'

@description('Families\' data stays in the United Kingdom.')
@allowed(['uksouth', 'ukwest'])
param location string = 'uksouth'

@description('First part of every name.')
@minLength(3)
@maxLength(8)
param name string = 'tfflow'

@description('First part of the names of tables and containers; lower-case letters and digits, or empty.')
param prefix string = ''

@description('The folder of agreement documents deployed beside the app; empty: the reference agreements that ship.')
param agreementsFolder string = ''

@description('The matching plan deployed beside the app; empty: the plan that ships.')
param matchingPlan string = ''

@description('Whose deployment it is, as the agreements name it: what goes to others is refused. Empty: the matching plan\'s authority.')
param organisation string = ''

@description('The research organisation, as the agreements name it, if this is the deployment of a study; empty: an authority.')
param study string = ''

@description('How many days a finished orchestration stays to be looked at, before the nightly sweep purges it; empty: 30.')
param keepInstancesDays string = ''

@description('The application registration whose app roles say who may do what (docs/azure.md).')
param entraClientId string

@description('When the nightly sweep runs: six fields, UTC.')
param sweepSchedule string = '0 0 0 * * *'

@description('When it is asked whether a checkpoint of the ledger is due: six fields, UTC.')
param checkpointSchedule string = '30 * * * * *'

@description('The ledger\'s name in its checkpoints, like council.example/tfflow. Never changed once a party has its key.')
param origin string

@description('How long a checkpoint of the ledger can be neither changed nor deleted.')
@minValue(1)
param checkpointDays int = 2557

var suffix = take(uniqueString(resourceGroup().id), 8)
var dropQueue = 'drops'
var packageContainer = 'app-package'
var deadLetterContainer = 'dead-letters'

// One zone-redundant copy set in one region: a copy in another region would be one more place to erase from. UK West has no zones.
var replication = location == 'uksouth' ? 'Standard_ZRS' : 'Standard_LRS'

var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}

// ---- identity ----

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-app'
  location: location
}

// Who signs the ledger is not who writes it: the app's own identity can read no signing key, and each use of this one is logged as its own.
resource signer 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-signer'
  location: location
}

// ---- storage: the host's own, personal data, and the keys that open it, in accounts of their own ----

// Open to the internet by address, closed to everyone without a role or an upload address: agencies put their drops from
// wherever they are. Private endpoints for the app, and a firewall with the agencies' ranges, come with the hardening.
var accountProperties = {
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
  allowSharedKeyAccess: false
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  defaultToOAuthAuthentication: true
  publicNetworkAccess: 'Enabled'
  networkAcls: {
    bypass: 'AzureServices'
    defaultAction: 'Allow'
  }
  // With a hierarchical namespace a blob is announced before its write is complete.
  isHnsEnabled: false
  // The advice is a key of the customer's own. What is personal is sealed before it gets here, to keys that are ours in Key Vault.
  encryption: {
    keySource: 'Microsoft.Storage'
    requireInfrastructureEncryption: true
    services: {
      blob: { enabled: true, keyType: 'Account' }
      queue: { enabled: true, keyType: 'Account' }
      table: { enabled: true, keyType: 'Account' }
    }
  }
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: '${name}host${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: replication }
  properties: accountProperties
}

resource personalStorage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: '${name}data${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: replication }
  properties: accountProperties
}

// In no backup, ever: a key row restored would bring erased data back.
resource keyStorage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: '${name}keys${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: replication }
  properties: accountProperties
}

// No soft delete here either: a deployment makes the package anew, and dead letters carry references.
resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: hostStorage
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: hostBlobs
  name: packageContainer
}

resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: hostBlobs
  name: deadLetterContainer
}

resource hostQueues 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: hostStorage
  name: 'default'
}

resource drops 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = {
  parent: hostQueues
  name: dropQueue
}

// Deleted means deleted: nothing here may outlive its deletion. The advice is soft delete, versioning and point-in-time restore
// for every account; each keeps a copy of what the law says is gone, and the host takes no plain file where it finds one on.
// What may not be lost is guarded by the ledger, the register and the agency, which still has the original.
resource personalBlobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: personalStorage
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: false }
    containerDeleteRetentionPolicy: { enabled: false }
    restorePolicy: { enabled: false }
    isVersioningEnabled: false
    changeFeed: { enabled: false }
  }
}

// Signed checkpoints carry no personal data; here they can be neither changed nor deleted. Lock the policy once it has been tried.
resource checkpoints 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: personalBlobs
  name: '${prefix}ledger-checkpoints'
}

resource checkpointsImmutable 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = {
  parent: checkpoints
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: checkpointDays
    allowProtectedAppendWrites: false
  }
}

// ---- Key Vault: key-encryption keys and named secrets ----

var vaultProperties = {
  tenantId: tenant().tenantId
  // Standard and not premium: what lies here are secrets, and premium's hardware module holds keys.
  sku: { family: 'A', name: 'standard' }
  enableRbacAuthorization: true
  enableSoftDelete: true
  // The advice is 90 days. A retired key can be recovered for as long as this: it is the stated residual of an erasure, so the least there is.
  softDeleteRetentionInDays: 7
  enablePurgeProtection: true
  // Open by address as the storage is, until the app has private endpoints: only a role opens it, and each opening is logged.
  publicNetworkAccess: 'Enabled'
  networkAcls: {
    bypass: 'AzureServices'
    defaultAction: 'Allow'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: '${name}-${suffix}'
  location: location
  properties: vaultProperties
}

resource signerVault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: '${name}-s-${suffix}'
  location: location
  properties: vaultProperties
}

// ---- a drop arrives: Event Grid tells a queue, by identity ----

resource dropTopic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: '${name}-drops'
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    source: personalStorage.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// A queue and not the function itself: Event Grid does not reach an app behind a private endpoint, and a queue holds what the app
// could not take yet. The system-assigned identity is the one that passes a storage firewall.
resource dropSubscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: dropTopic
  name: 'to-queue'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${prefix}drop-'
      isSubjectCaseSensitive: true
    }
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: hostStorage.id
          queueName: dropQueue
          // Never: a drop that waits for a host that is down for a week is still a drop.
          queueMessageTimeToLiveInSeconds: -1
        }
      }
    }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: hostStorage.id
          blobContainerName: deadLetterContainer
        }
      }
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
  dependsOn: [drops, topicSendsToQueue, topicWritesDeadLetters]
}

resource topicSendsToQueue 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostStorage.id, dropTopic.id, roles.queueDataMessageSender)
  scope: hostStorage
  properties: {
    principalId: dropTopic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueDataMessageSender)
  }
}

resource topicWritesDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(deadLetters.id, dropTopic.id, roles.blobDataContributor)
  scope: deadLetters
  properties: {
    principalId: dropTopic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

// ---- what the app may do ----

resource appOnHostStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]: {
    name: guid(hostStorage.id, identity.id, role)
    scope: hostStorage
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

// Contributor and not Owner: it needs no say over who else may read. It brings user delegation keys. Reader shows the settings that
// would keep copies, and no data.
resource appOnPersonalStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.blobDataContributor, roles.tableDataContributor, roles.reader]: {
    name: guid(personalStorage.id, identity.id, role)
    scope: personalStorage
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource appOnKeyStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(keyStorage.id, identity.id, roles.tableDataContributor)
  scope: keyStorage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}

// Officer and not User: rotation creates a secret, retirement deletes one.
resource appOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

resource signerOnItsVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(signerVault.id, signer.id, roles.keyVaultSecretsOfficer)
  scope: signerVault
  properties: {
    principalId: signer.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

resource appOnInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, roles.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

// ---- logs: references, counts and states; nobody's data ----

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 90
    features: { disableLocalAuth: true }
  }
}

// Who read or deleted which secret, and when. A secret's name says whose it is and nobody's data.
resource vaultAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: logs.id
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

resource signerAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: signerVault
  properties: {
    workspaceId: logs.id
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

// ---- the app ----

// Not zone-redundant: that keeps two instances running day and night. Without the app an intake is late and nothing is lost: drops wait in
// the queue, orchestrations in storage, which is zone-redundant.
resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {}, '${signer.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        // The work is bounded by the programme's agencies, not by a crowd: more instances would only compete for the ledger's head.
        maximumInstanceCount: 40
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }
  dependsOn: [packages, appOnHostStorage]
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    AzureWebJobsStorage__accountName: hostStorage.name
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsDisableHomepage: 'true'
    AZURE_CLIENT_ID: identity.properties.clientId
    AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
    PersonalData__blobServiceUri: personalStorage.properties.primaryEndpoints.blob
    PersonalData__tableServiceUri: personalStorage.properties.primaryEndpoints.table
    KeyTable__tableServiceUri: keyStorage.properties.primaryEndpoints.table
    KeyVault: vault.properties.vaultUri
    DropEvents__queueServiceUri: hostStorage.properties.primaryEndpoints.queue
    DropEvents__credential: 'managedidentity'
    DropEvents__clientId: identity.properties.clientId
    DropQueue: dropQueue
    SweepSchedule: sweepSchedule
    CheckpointSchedule: checkpointSchedule
    CheckpointVault: signerVault.properties.vaultUri
    CheckpointIdentity: signer.properties.clientId
    KeepInstancesDays: keepInstancesDays
    Origin: origin
    Prefix: prefix
    Agreements: agreementsFolder
    Matching: matchingPlan
    Organisation: organisation
    Study: study
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  }
  dependsOn: [appOnPersonalStorage, appOnKeyStorage, appOnVault, signerOnItsVault, appOnInsights, checkpointsImmutable]
}

// Nobody unauthenticated gets as far as the app, but to ask whether it is well. The API then asks for the role.
resource authentication 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: ['/health']
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: entraClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [entraClientId, 'api://${entraClientId}']
        }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}

// Deployment is by identity: no user name and password opens the app.
resource publishingByFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource publishingByScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output appName string = app.name
output api string = 'https://${app.properties.defaultHostName}'
