import { ROLES, type Role } from '@railhead/service-kit';

/** Everybody with a key; a partner's key sees its own account. */
export const READER_ROLES: readonly Role[] = ROLES;
/** Our own people. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'partner');
export const INTAKE_ROLES: readonly Role[] = ['admin', 'sales', 'customer-service', 'partner'];
/** Who may be the owner of a hold; of a given hold only its owner may decide. */
export const DECIDER_ROLES: readonly Role[] = ['admin', 'credit', 'customer-service', 'sales'];
export const CANCEL_ROLES: readonly Role[] = ['admin', 'customer-service', 'sales', 'partner'];
export const WAREHOUSE_ROLES: readonly Role[] = ['admin', 'warehouse'];
export const FINANCE_ROLES: readonly Role[] = ['admin', 'finance'];
export const OPS_ROLES: readonly Role[] = ['admin', 'ops'];
export const ADMIN_ROLES: readonly Role[] = ['admin'];
