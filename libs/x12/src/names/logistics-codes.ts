/** Further codes in the notation of `code-names.ts`: freight, packing, warehouses and shipments. */
export const MORE_CODES = `
88 GM=SSCC-18; CP=carrier's package; AA=SSCC-18; UP=UPC case
91 M=motor; A=air; U=parcel; R=rail; S=ocean; C=consolidation; H=customer's pick-up; T=best way
146 CC=collect; PP=prepaid by seller; PB=picked up by customer; PC=prepaid and charged; DF=defined by both; TP=third party
363 GEN=general; WHI=to the warehouse; DEL=delivery
368 CC=complete; CP=in part; BO=back-ordered; SS=split
432 02=deliver wanted; 10=ship wanted; 11=shipped; 09=received; 38=ship no later; 54=deliver no later
473 N=original; F=cancel; R=change; C=confirm
514 F=full detail; N=no exceptions; R=replacement
673 33=available; 17=on hand; 63=on order; 02=cumulative; QH=on hold; 01=discrete
735 S=shipment; O=order; T=pallet; P=pack; I=item; K=kit
736 0=none; 1=some
755 SI=seller's inventory; DD=distributor's inventory
1005 0001=shipment, order, pack, item; 0002=shipment, order, item, pack; 0003=shipment, pack, order, item; 0004=shipment, order, item
1300 F340=pick-up; D240=freight; G830=shipping and handling; C310=discount; H850=tax; I530=volume discount; ZZZZ=mutually defined
1650 AF=left the shipper; AG=delivery estimated; X3=arrived at pick-up; X4=arrived at terminal; X6=under way; X1=arrived at delivery; X5=arrived at delivery; D1=unloaded; SD=delayed; A9=damaged; CA=cancelled
1651 NS=normal
1652 AA=pick-up; AB=delivery
`;
