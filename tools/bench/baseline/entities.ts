import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryColumn()
  accountId: string;
  @Column()
  name: string;
  @Column()
  currency: string;
  @Column('bigint')
  creditLimitMinor: string;
  @Column('bigint', { default: 0 })
  exposureMinor: string;
  @Column()
  netDays: number;
  @Column({ default: false })
  blocked: boolean;
}

@Entity()
export class Product {
  @PrimaryColumn()
  sku: string;
  @Column()
  name: string;
  @Column('numeric')
  price: string;
}

@Entity()
export class Stock {
  @PrimaryColumn()
  sku: string;
  @Column()
  onHand: number;
  @Column({ default: 0 })
  allocated: number;
}

@Entity('purchase_order')
export class PurchaseOrder {
  @PrimaryColumn('uuid')
  id: string;
  @Column()
  accountId: string;
  @Column({ unique: true })
  poNumber: string;
  @Column()
  currency: string;
  @Column()
  issuedOn: string;
  @Column('jsonb')
  shipTo: object;
  @Column()
  status: string;
  @Column('bigint')
  totalMinor: string;
  @OneToMany(() => OrderLine, (line) => line.order, { cascade: true })
  lines: OrderLine[];
}

@Entity()
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;
  @ManyToOne(() => PurchaseOrder, (order) => order.lines)
  @JoinColumn()
  order: PurchaseOrder;
  @Column()
  lineNumber: number;
  @Column()
  sku: string;
  @Column()
  description: string;
  @Column()
  quantity: number;
  @Column('numeric')
  unitPrice: string;
}

@Entity()
export class Shipment {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid', { unique: true })
  orderId: string;
  @Column()
  status: string;
  @Column('jsonb')
  lines: { sku: string; quantity: number }[];
  @Column({ nullable: true })
  trackingNumber: string;
}

@Entity()
export class Invoice {
  @PrimaryColumn('uuid')
  id: string;
  @Column('uuid')
  orderId: string;
  @Column('uuid', { unique: true })
  shipmentId: string;
  @Column()
  accountId: string;
  @Column('bigint')
  grossMinor: string;
  @Column()
  dueOn: string;
}

@Entity('ledger_row')
export class LedgerRow {
  @PrimaryGeneratedColumn()
  id: number;
  @Column('uuid')
  entryId: string;
  @Column()
  account: string;
  @Column('bigint')
  amountMinor: string;
}

export const ENTITIES = [Customer, Product, Stock, PurchaseOrder, OrderLine, Shipment, Invoice, LedgerRow];
