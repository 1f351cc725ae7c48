from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0003_lateness')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Offer',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('lead', fields.OneToOneField('models.Lead', source_field='lead_id', db_constraint=True, to_field='id', related_name='offer', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=20)),
                ('mode', fields.CharField(max_length=20)),
                ('points', fields.IntField()),
                ('cap', fields.IntField()),
                ('sold', fields.IntField(default=0)),
                ('offered_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'offer', 'app': 'models', 'constraints': [CheckConstraint(check='points >= 0', name='offer_points_not_negative'), CheckConstraint(check='sold BETWEEN 0 AND cap', name='offer_sold_within_cap'), CheckConstraint(check="mode <> 'EXCLUSIVE' OR cap = 1", name='offer_exclusive_has_one_place'), CheckConstraint(check="kind IN ('LEAD_CLUB', 'RECORD')", name='offer_kind_is_sold')], 'pk_attr': 'id', 'table_description': 'What a lead costs to have at once, and its places; EXCLUSIVE has one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StoredFile',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='files', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=40)),
                ('name', fields.CharField(max_length=200)),
                ('media_type', fields.CharField(max_length=100)),
                ('size', fields.IntField()),
                ('sha256', fields.BinaryField()),
                ('content', fields.BinaryField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('created_by', fields.ForeignKeyField('models.User', source_field='created_by_id', null=True, db_constraint=True, to_field='id', related_name='files', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'stored_file', 'app': 'models', 'indexes': [Index(fields=['account_id', 'created_at', 'id']), Index(fields=['account_id', 'kind', 'created_at', 'id'])], 'pk_attr': 'id', 'table_description': 'One file, byte for byte; `created_by` is null for what the marketplace made.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Complaint',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('number', fields.CharField(unique=True, max_length=20)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='complaints', on_delete=OnDelete.RESTRICT)),
                ('policy', fields.ForeignKeyField('models.PolicyVersion', source_field='policy_id', db_constraint=True, to_field='id', related_name='complaints', on_delete=OnDelete.RESTRICT)),
                ('submitted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('submitted_by', fields.ForeignKeyField('models.User', source_field='submitted_by_id', db_constraint=True, to_field='id', related_name='complaints', on_delete=OnDelete.RESTRICT)),
                ('decide_by', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('escalated_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('file', fields.ForeignKeyField('models.StoredFile', source_field='file_id', null=True, db_constraint=True, to_field='id', related_name='complaints', on_delete=OnDelete.RESTRICT)),
                ('answer_file', fields.ForeignKeyField('models.StoredFile', source_field='answer_file_id', null=True, db_constraint=True, to_field='id', related_name='answered_complaints', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'complaint', 'app': 'models', 'indexes': [Index(fields=['account_id', 'submitted_at', 'id']), Index(fields=['decide_by', 'id'])], 'pk_attr': 'id', 'table_description': "A vendor's claim that delivered contacts are faulty."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ComplaintItem',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('complaint', fields.ForeignKeyField('models.Complaint', source_field='complaint_id', db_constraint=True, to_field='id', related_name='items', on_delete=OnDelete.RESTRICT)),
                ('row', fields.IntField(null=True)),
                ('delivery', fields.ForeignKeyField('models.Delivery', source_field='delivery_id', db_constraint=True, to_field='id', related_name='complaint_items', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.CharField(max_length=40)),
                ('explanation', fields.TextField(unique=False)),
                ('verdict', fields.CharField(max_length=20)),
                ('decision_id', fields.UUIDField()),
                ('comment', fields.TextField(null=True, unique=False)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('decided_by', fields.ForeignKeyField('models.User', source_field='decided_by_id', null=True, db_constraint=True, to_field='id', related_name='decided_items', on_delete=OnDelete.RESTRICT)),
                ('override_reason', fields.TextField(null=True, unique=False)),
            ],
            options={'table': 'complaint_item', 'app': 'models', 'constraints': [UniqueConstraint(fields=('complaint_id', 'delivery_id'), name='complaint_item_once'), CheckConstraint(check="(verdict = 'UNDER_REVIEW') = (decided_at IS NULL)", name='complaint_item_decided')], 'indexes': [Index(fields=['delivery_id'])], 'pk_attr': 'id', 'table_description': 'One delivery of a complaint, decided alone.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ComplaintMessage',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('complaint', fields.ForeignKeyField('models.Complaint', source_field='complaint_id', db_constraint=True, to_field='id', related_name='messages', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', db_constraint=True, to_field='id', related_name='complaint_messages', on_delete=OnDelete.RESTRICT)),
                ('from_operator', fields.BooleanField()),
                ('text', fields.TextField(unique=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'complaint_message', 'app': 'models', 'indexes': [Index(fields=['complaint_id', 'at', 'id'])], 'pk_attr': 'id', 'table_description': 'One message of the thread about a complaint (S5.12).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DoNotContact',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('prospect', fields.OneToOneField('models.Prospect', source_field='prospect_id', db_constraint=True, to_field='id', related_name='do_not_contact', on_delete=OnDelete.RESTRICT)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('item', fields.ForeignKeyField('models.ComplaintItem', source_field='item_id', null=True, db_constraint=True, to_field='id', related_name='do_not_contacts', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'do_not_contact', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That a person must not be contacted, since an upheld "no consent" (S5 readings).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Evidence',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('item', fields.ForeignKeyField('models.ComplaintItem', source_field='item_id', db_constraint=True, to_field='id', related_name='evidence', on_delete=OnDelete.CASCADE)),
                ('check', fields.CharField(max_length=40)),
                ('source', fields.CharField(max_length=100)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('speaks', fields.CharField(max_length=20)),
                ('conclusive', fields.BooleanField()),
                ('confidence', fields.IntField()),
                ('detail', fields.CharField(max_length=80)),
            ],
            options={'table': 'evidence', 'app': 'models', 'constraints': [CheckConstraint(check='confidence BETWEEN 0 AND 100', name='evidence_confidence_is_percent')], 'indexes': [Index(fields=['item_id'])], 'pk_attr': 'id', 'table_description': 'What one check found about one item; `confidence` in percent, `detail` a code without contact data.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RemedyRecord',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('delivery', fields.OneToOneField('models.Delivery', source_field='delivery_id', db_constraint=True, to_field='id', related_name='remedy', on_delete=OnDelete.RESTRICT)),
                ('item', fields.OneToOneField('models.ComplaintItem', source_field='item_id', db_constraint=True, to_field='id', related_name='remedy', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=20)),
                ('granted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('settled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('points', fields.IntField(default=0)),
                ('replacement', fields.OneToOneField('models.Delivery', source_field='replacement_id', null=True, db_constraint=True, to_field='id', related_name='replaces', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'remedy', 'app': 'models', 'indexes': [Index(fields=['settled_at', 'granted_at'])], 'pk_attr': 'id', 'table_description': 'The one remedy that a delivery can ever have; without `settled_at` it waits for a replacement.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Delivery',
            name='replacement',
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
